package dev.vitrine.index.column;

import java.util.Map;

/**
 * Exact values, one or several a product.
 *
 * @param pages numbers of sets by ordinal
 * @param codes code of a term; may know terms that came later, which no set of this view holds
 * @param terms terms by code
 * @param termCount terms of this view
 * @param sets codes by set, ascending
 * @param setCount sets of this view
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the arrays are shared on purpose
record TermColumn(
        PageView pages,
        Map<String, Integer> codes,
        String[] terms,
        int termCount,
        int[][] sets,
        int setCount)
        implements Column {

    /** The set of an ordinal, -1 without one. */
    int set(int ordinal) {
        Page page = pages.page(ordinal >> 6);
        return page instanceof Page.Codes codePage && codePage.has(ordinal)
                ? codePage.values[codePage.rank(ordinal)]
                : -1;
    }

    /** Which sets hold one of the given terms. */
    boolean[] setsWith(Iterable<String> wanted) {
        boolean[] wantedCodes = new boolean[termCount];
        for (String term : wanted) {
            Integer code = codes.get(term);
            if (code != null && code < termCount) {
                wantedCodes[code] = true;
            }
        }
        boolean[] matching = new boolean[setCount];
        for (int s = 0; s < setCount; s++) {
            for (int code : sets[s]) {
                if (wantedCodes[code]) {
                    matching[s] = true;
                    break;
                }
            }
        }
        return matching;
    }

    /** The ordinals of a page whose set is among the given ones. */
    long among(int index, boolean[] matching) {
        if (!(pages.page(index) instanceof Page.Codes page)) {
            return 0;
        }
        long hits = 0;
        long rest = page.presence;
        for (int set : page.values) {
            if (matching[set]) {
                hits |= Long.lowestOneBit(rest);
            }
            rest &= rest - 1;
        }
        return hits;
    }
}
