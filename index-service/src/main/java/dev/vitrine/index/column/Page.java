package dev.vitrine.index.column;

import java.util.Arrays;

/**
 * The values of 64 successive ordinals, those present packed in order; immutable.
 *
 * <p>Bit {@code i} of {@link #presence} says whether ordinal {@code 64 * page + i} has a value; its
 * place among the values is the number of bits below it. An absent value costs nothing, so a column
 * that few products have costs in proportion to those few.
 */
abstract sealed class Page {

    /** Ordinals in a page; equals the bits of a filter word. */
    static final int SIZE = 64;

    final long presence;

    private Page(long presence) {
        this.presence = presence;
    }

    static long bit(int ordinal) {
        return 1L << ordinal;
    }

    final boolean has(int ordinal) {
        return (presence & bit(ordinal)) != 0;
    }

    /** Place of an ordinal's value among the packed ones, also of one that is absent. */
    final int rank(int ordinal) {
        return Long.bitCount(presence & (bit(ordinal) - 1));
    }

    final int count() {
        return Long.bitCount(presence);
    }

    /** Numbers, dates as epoch milliseconds. */
    static final class Numbers extends Page {

        static final Numbers EMPTY = new Numbers(0, new double[0]);

        final double[] values;

        private Numbers(long presence, double[] values) {
            super(presence);
            this.values = values;
        }

        Numbers with(int ordinal, double value) {
            int rank = rank(ordinal);
            if (has(ordinal)) {
                double[] changed = values.clone();
                changed[rank] = value;
                return new Numbers(presence, changed);
            }
            double[] grown = new double[values.length + 1];
            System.arraycopy(values, 0, grown, 0, rank);
            grown[rank] = value;
            System.arraycopy(values, rank, grown, rank + 1, values.length - rank);
            return new Numbers(presence | bit(ordinal), grown);
        }

        Numbers without(int ordinal) {
            int rank = rank(ordinal);
            double[] shrunk = Arrays.copyOf(values, values.length - 1);
            System.arraycopy(values, rank + 1, shrunk, rank, shrunk.length - rank);
            return new Numbers(presence & ~bit(ordinal), shrunk);
        }
    }

    /** Codes of term sets. */
    static final class Codes extends Page {

        static final Codes EMPTY = new Codes(0, new int[0]);

        final int[] values;

        private Codes(long presence, int[] values) {
            super(presence);
            this.values = values;
        }

        Codes with(int ordinal, int value) {
            int rank = rank(ordinal);
            if (has(ordinal)) {
                int[] changed = values.clone();
                changed[rank] = value;
                return new Codes(presence, changed);
            }
            int[] grown = new int[values.length + 1];
            System.arraycopy(values, 0, grown, 0, rank);
            grown[rank] = value;
            System.arraycopy(values, rank, grown, rank + 1, values.length - rank);
            return new Codes(presence | bit(ordinal), grown);
        }

        Codes without(int ordinal) {
            int rank = rank(ordinal);
            int[] shrunk = Arrays.copyOf(values, values.length - 1);
            System.arraycopy(values, rank + 1, shrunk, rank, shrunk.length - rank);
            return new Codes(presence & ~bit(ordinal), shrunk);
        }
    }

    /** Products themselves. */
    static final class Products extends Page {

        static final Products EMPTY = new Products(0, new StoredProduct[0]);

        final StoredProduct[] values;

        private Products(long presence, StoredProduct[] values) {
            super(presence);
            this.values = values;
        }

        Products with(int ordinal, StoredProduct value) {
            int rank = rank(ordinal);
            if (has(ordinal)) {
                StoredProduct[] changed = values.clone();
                changed[rank] = value;
                return new Products(presence, changed);
            }
            StoredProduct[] grown = Arrays.copyOf(values, values.length + 1);
            System.arraycopy(values, rank, grown, rank + 1, values.length - rank);
            grown[rank] = value;
            return new Products(presence | bit(ordinal), grown);
        }

        Products without(int ordinal) {
            int rank = rank(ordinal);
            StoredProduct[] shrunk = Arrays.copyOf(values, values.length - 1);
            System.arraycopy(values, rank + 1, shrunk, rank, shrunk.length - rank);
            return new Products(presence & ~bit(ordinal), shrunk);
        }
    }
}
