package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.SignBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;

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

    /** Bytes of a page in a file. */
    static int blockBytes(int words) {
        return 2 * SignBlock.byteSize(words) + 4 * SignBlock.ROWS * Float.BYTES;
    }

    /** Both halves of the codes first, then scales, sign scales, lengths and radii. */
    void write(ByteBuffer block) {
        block.put(signs.bytes().asByteBuffer());
        block.put(mixed.bytes().asByteBuffer());
        FloatArrays.put(block, scales);
        FloatArrays.put(block, signScales);
        FloatArrays.put(block, lengths);
        FloatArrays.put(block, radii);
    }

    /** A page whose codes stay where they are. */
    static CentroidPage over(int words, MemorySegment block) {
        int halfBytes = SignBlock.byteSize(words);
        float[] numbers = block.asSlice(2L * halfBytes).toArray(ValueLayout.JAVA_FLOAT);
        return new CentroidPage(
                SignBlock.over(words, block.asSlice(0, halfBytes)),
                SignBlock.over(words, block.asSlice(halfBytes, halfBytes)),
                Arrays.copyOfRange(numbers, 0, SignBlock.ROWS),
                Arrays.copyOfRange(numbers, SignBlock.ROWS, 2 * SignBlock.ROWS),
                Arrays.copyOfRange(numbers, 2 * SignBlock.ROWS, 3 * SignBlock.ROWS),
                Arrays.copyOfRange(numbers, 3 * SignBlock.ROWS, 4 * SignBlock.ROWS));
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
     * @param target receives that of centroid {@code i} at {@code i}, and anything at the places of
     *     those that are not wanted
     */
    void estimate(PlaneQuery query, long wanted, long[] sums, float[] target) {
        Arrays.fill(target, 0);
        // One call for both halves: two are more than C2 inlines, and vectors become objects.
        for (int half = 0; half < 2; half++) {
            query.sums(half == 0 ? signs : mixed, wanted, sums);
            float level = half == 0 ? CentroidCode.SIGNS : CentroidCode.MIXED;
            for (int i = 0; i < SignBlock.ROWS; i++) {
                target[i] += level * query.dot(sums[i]);
            }
        }
        for (int i = 0; i < SignBlock.ROWS; i++) {
            target[i] = query.offset() + scales[i] * target[i];
        }
    }
}
