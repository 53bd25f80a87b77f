package dev.vitrine.recommender.algorithm.boughttogether;

/** How sure it is that two items belong together (Dunning 1993). */
final class Significance {
    private Significance() {}

    /**
     * The G statistic of the two-by-two table: twice the log-likelihood ratio of "dependent" to
     * "independent", about chi-squared with one degree of freedom.
     *
     * @param both baskets with both items
     * @param some baskets with the one
     * @param others baskets with the other
     * @param all baskets
     */
    static double g(long both, long some, long others, long all) {
        return 2
                * (term(both, some, others, all)
                        + term(some - both, some, all - others, all)
                        + term(others - both, all - some, others, all)
                        + term(all - some - others + both, all - some, all - others, all));
    }

    private static double term(long cell, long row, long column, long all) {
        return cell == 0 ? 0 : cell * Math.log((double) cell * all / ((double) row * column));
    }
}
