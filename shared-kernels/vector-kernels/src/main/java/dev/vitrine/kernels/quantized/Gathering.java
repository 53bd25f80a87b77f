package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.exact.FloatRowsView;
import java.util.Arrays;

/** Which rows of a view are in which group; unchanging. */
final class Gathering {

    /** Group in the upper half, ordinal in the lower half; in order. */
    private final long[] rows;

    private Gathering(long[] rows) {
        this.rows = rows;
    }

    /** Tells the group of a row. */
    interface Grouping {

        /** The number of its group, from 0. */
        int groupOf(int ordinal, float[] row);
    }

    static Gathering of(FloatRowsView view, Grouping grouping) {
        float[] vector = new float[view.dimensions()];
        long[] rows = new long[view.rowCount()];
        int size = 0;
        for (int ordinal = 0; ordinal < view.ordinalLimit(); ordinal++) {
            if (view.copyRow(ordinal, vector)) {
                rows[size++] = (long) grouping.groupOf(ordinal, vector) << Integer.SIZE | ordinal;
            }
        }
        Arrays.sort(rows);
        return new Gathering(rows);
    }

    /** The ordinals of the rows of a group, rising. */
    int[] ordinals(int group) {
        int from = start(group);
        int[] ordinals = new int[start(group + 1) - from];
        for (int i = 0; i < ordinals.length; i++) {
            ordinals[i] = (int) rows[from + i];
        }
        return ordinals;
    }

    private int start(int group) {
        int found = Arrays.binarySearch(rows, (long) group << Integer.SIZE);
        return found < 0 ? -1 - found : found;
    }
}
