package dev.vitrine.kernels.quantized;

/** Whether an engine searches by clusters. */
enum Clustering {
    /** Where that takes less time than reading all signs, which is measured. */
    MEASURED,

    /** However long it takes; for tests. */
    ALWAYS,

    /** For tests. */
    NEVER
}
