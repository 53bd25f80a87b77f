package dev.vitrine.index.quality;

/** Classes of filters by the share of rows that pass. */
enum Selectivity {
    /** Nine tenths or more: as good as no filter. */
    ALL("all", 0.9),
    /** A tenth or more. */
    WIDE("10%", 0.1),
    /** A hundredth or more. */
    NARROW("1%", 0.01),
    /** Less than a hundredth. */
    FEW("less", 0);

    private final String tag;
    private final double from;

    Selectivity(String tag, double from) {
        this.tag = tag;
        this.from = from;
    }

    /** Value of the metric's tag. */
    String tag() {
        return tag;
    }

    /** The class of a filter. */
    static Selectivity of(long passing, long rows) {
        for (Selectivity each : values()) {
            if (passing >= each.from * rows) {
                return each;
            }
        }
        return FEW;
    }
}
