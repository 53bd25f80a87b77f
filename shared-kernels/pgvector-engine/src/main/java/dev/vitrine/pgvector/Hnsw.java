package dev.vitrine.pgvector;

/**
 * Settings of pgvector's graph.
 *
 * @param degree links of a row on the upper layers, twice as many on the lowest ({@code m}); 2 to
 *     100
 * @param buildBreadth candidates for the links of a new row ({@code ef_construction}); twice the
 *     degree to 1,000
 * @param breadth candidates of a search ({@code hnsw.ef_search}), more when more rows are asked
 *     for; 1 to 1,000
 */
public record Hnsw(int degree, int buildBreadth, int breadth) {

    private static final int BREADTH_MAX = 1_000;

    /** Checks the ranges that pgvector has. */
    public Hnsw {
        if (degree < 2
                || degree > 100
                || buildBreadth < 2 * degree
                || buildBreadth > BREADTH_MAX
                || breadth < 1
                || breadth > BREADTH_MAX) {
            throw new IllegalArgumentException(
                    "m=%d, ef_construction=%d, ef_search=%d"
                            .formatted(degree, buildBreadth, breadth));
        }
    }

    /** Breadth of a search for so many rows; beyond the most, pgvector goes on in turns. */
    int breadthFor(int rows) {
        return Math.min(BREADTH_MAX, Math.max(rows, breadth));
    }
}
