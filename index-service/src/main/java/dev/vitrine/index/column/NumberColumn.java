package dev.vitrine.index.column;

/** Numbers, or dates as epoch milliseconds. */
record NumberColumn(PageView pages) implements Column {

    /** The value of an ordinal, NaN without one. */
    double value(int ordinal) {
        Page page = pages.page(ordinal >> 6);
        return page instanceof Page.Numbers numbers && numbers.has(ordinal)
                ? numbers.values[numbers.rank(ordinal)]
                : Double.NaN;
    }

    /** The ordinals of a page whose value lies in a closed interval. */
    long between(int index, double from, double to) {
        if (!(pages.page(index) instanceof Page.Numbers page)) {
            return 0;
        }
        long hits = 0;
        long rest = page.presence;
        for (double value : page.values) {
            if (value >= from && value <= to) {
                hits |= Long.lowestOneBit(rest);
            }
            rest &= rest - 1;
        }
        return hits;
    }
}
