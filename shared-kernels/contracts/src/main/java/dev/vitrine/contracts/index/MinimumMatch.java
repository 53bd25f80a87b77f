package dev.vitrine.contracts.index;

/**
 * How many terms of a query a text match must hold: all of them up to {@code allUpTo} terms, beyond
 * that the given fraction, rounded down (Lucene's and Solr's {@code n<p%}).
 *
 * @param allUpTo number of terms up to which all must match
 * @param fraction 0 to 1
 */
public record MinimumMatch(int allUpTo, double fraction) {

    public MinimumMatch {
        if (allUpTo < 0 || !(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    "minimum match needs allUpTo >= 0 and a fraction from 0 to 1");
        }
    }

    /** Terms that must match out of {@code terms}. */
    public int of(int terms) {
        return terms <= allUpTo ? terms : Math.max(1, (int) Math.floor(terms * fraction));
    }
}
