package dev.vitrine.kernels.engine;

import java.util.Arrays;

/** Collects every row it is given and sorts them by falling score, then rising ordinal. */
final class AllRows implements MatchConsumer {

    private static final int FIRST_CAPACITY = 64;

    // Score in the upper half, ordinal in the lower: sorting the longs sorts the rows.
    private long[] keys = new long[FIRST_CAPACITY];
    private int size;

    @Override
    public boolean accept(int ordinal, float score) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size + (size >> 1));
        }
        keys[size++] = ((long) falling(score) << Integer.SIZE) | ordinal;
        return true;
    }

    /** All rows so far, in order. */
    RowMatches toMatches() {
        Arrays.sort(keys, 0, size);
        int[] ordinals = new int[size];
        float[] scores = new float[size];
        for (int i = 0; i < size; i++) {
            ordinals[i] = (int) keys[i];
            scores[i] = score((int) (keys[i] >> Integer.SIZE));
        }
        return new RowMatches(ordinals, scores);
    }

    /**
     * An int that falls as the score rises. Bits of positive floats order like ints, those of
     * negative ones the other way round, hence the flip; adding zero makes minus zero tie with
     * zero.
     */
    private static int falling(float score) {
        int bits = Float.floatToRawIntBits(score + 0f);
        return ~(bits ^ ((bits >> 31) & Integer.MAX_VALUE));
    }

    private static float score(int falling) {
        int bits = ~falling;
        return Float.intBitsToFloat(bits ^ ((bits >> 31) & Integer.MAX_VALUE));
    }
}
