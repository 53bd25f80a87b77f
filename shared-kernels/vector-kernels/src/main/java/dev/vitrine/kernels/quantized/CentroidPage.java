package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.SignBlock;

/**
 * What 64 clusters are judged by, without reading their rows.
 *
 * @param signs first halves of the {@link CentroidCode}s
 * @param mixed their second halves
 * @param scales of the codes
 * @param signScales of the signs alone
 * @param lengths of what the codes stand for
 * @param radii root of the mean squared distance of a cluster's rows from what its code stands for
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CentroidPage(
        SignBlock signs,
        SignBlock mixed,
        float[] scales,
        float[] signScales,
        float[] lengths,
        float[] radii) {

    static CentroidPage allocate(int words) {
        return new CentroidPage(
                SignBlock.allocate(words),
                SignBlock.allocate(words),
                new float[SignBlock.ROWS],
                new float[SignBlock.ROWS],
                new float[SignBlock.ROWS],
                new float[SignBlock.ROWS]);
    }

    CentroidPage copy() {
        return new CentroidPage(
                signs.copy(),
                mixed.copy(),
                scales.clone(),
                signScales.clone(),
                lengths.clone(),
                radii.clone());
    }

    void set(int slot, CentroidCode code, float length) {
        signs.set(slot, code.signs());
        mixed.set(slot, code.mixed());
        scales[slot] = code.scale();
        signScales[slot] = code.signScale();
        lengths[slot] = length;
        radii[slot] = 0;
    }

    CentroidCode code(int slot) {
        long[] first = new long[signs.words()];
        long[] second = new long[signs.words()];
        signs.get(slot, first);
        mixed.get(slot, second);
        return new CentroidCode(first, second, scales[slot], signScales[slot]);
    }

    /**
     * About the dot products of a query with centroids.
     *
     * @param wanted bit {@code i} for centroid {@code i}
     * @param sums scratch, for 64 numbers
     * @param mixedSums scratch, for 64 numbers
     * @param target receives that of centroid {@code i} at {@code at + i}
     */
    void estimate(
            PlaneQuery query, long wanted, long[] sums, long[] mixedSums, float[] target, int at) {
        query.sums(signs, wanted, sums);
        query.sums(mixed, wanted, mixedSums);
        for (long left = wanted; left != 0; left &= left - 1) {
            int i = Long.numberOfTrailingZeros(left);
            float dot =
                    CentroidCode.SIGNS * query.dot(sums[i])
                            + CentroidCode.MIXED * query.dot(mixedSums[i]);
            target[at + i] = query.offset() + scales[i] * dot;
        }
    }
}
