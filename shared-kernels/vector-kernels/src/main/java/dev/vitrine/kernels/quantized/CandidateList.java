package dev.vitrine.kernels.quantized;

import java.util.Arrays;

/** Ordinals with estimates; the best of them are found without sorting all. */
final class CandidateList {

    // Estimate in the upper half, turned so that longs order like scores; ordinal in the lower
    // half.
    private long[] keys;
    private int size;

    CandidateList(int expected) {
        this.keys = new long[Math.max(16, expected)];
    }

    void add(int ordinal, float estimate) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        keys[size++] = (long) rising(estimate) << Integer.SIZE | ordinal;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    int ordinal(int index) {
        return (int) keys[index];
    }

    float estimate(int index) {
        return Float.intBitsToFloat(rising((int) (keys[index] >> Integer.SIZE)));
    }

    /**
     * Drops what is under an estimate, nothing if that is NaN, but nothing of the first {@code
     * keep}.
     */
    void dropUnder(float least, int keep) {
        int kept = Math.min(keep, size);
        for (int i = kept; i < size; i++) {
            if (!(estimate(i) < least)) {
                keys[kept++] = keys[i];
            }
        }
        size = kept;
    }

    /** Puts the best {@code count} first, in no order; quickselect. */
    void bestFirst(int count) {
        int low = 0;
        int high = size - 1;
        while (count < size && low < high) {
            long pivot = medianOfThree(low, high);
            int i = low;
            int j = high;
            while (i <= j) {
                while (keys[i] > pivot) {
                    i++;
                }
                while (keys[j] < pivot) {
                    j--;
                }
                if (i <= j) {
                    long swap = keys[i];
                    keys[i++] = keys[j];
                    keys[j--] = swap;
                }
            }
            if (count - 1 <= j) {
                high = j;
            } else if (count - 1 >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    /** The least estimate of the first {@code count}. */
    float least(int count) {
        long least = Long.MAX_VALUE;
        int worst = 0;
        for (int i = 0; i < Math.min(count, size); i++) {
            if (keys[i] < least) {
                least = keys[i];
                worst = i;
            }
        }
        return size == 0 ? Float.NEGATIVE_INFINITY : estimate(worst);
    }

    private long medianOfThree(int low, int high) {
        long a = keys[low];
        long b = keys[(low + high) >>> 1];
        long c = keys[high];
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    /**
     * The bits of a float, turned so that ints order like floats; turned twice they are as before.
     */
    private static int rising(int bits) {
        return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    }

    /** A float as an int that orders like it. */
    static int rising(float score) {
        return rising(Float.floatToRawIntBits(score));
    }
}
