package dev.vitrine.benchmarks.engine;

/** What is asked; every search returns 24 products of 8 fields, an exact total and two facets. */
public enum Workload {
    /** Text leg alone. */
    LEXICAL_FACETS("lexicalFacets"),
    /** Both legs, the query's vector known before. */
    HYBRID_FACETS("hybridFacets"),
    /** Both legs, each query for the first time: its vector is made within the request. */
    HYBRID_UNCACHED("hybridFacetsUncached"),
    /** Both legs, inside one supplier. */
    FILTERED("filtered"),
    /** No words: everything of one supplier. */
    BROWSE("browse"),
    /** Products like one product. */
    SIMILAR("similar");

    private final String key;

    Workload(String key) {
        this.key = key;
    }

    /** Its name in the JSON. */
    public String key() {
        return key;
    }
}
