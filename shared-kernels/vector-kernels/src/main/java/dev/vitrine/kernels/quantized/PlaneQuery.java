package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.SignBlock;

/**
 * A query of four bits a dimension against sign codes: with its rotated components about {@code
 * step} times whole numbers z of -8 to 7, {@code <b, R q>} is about {@code step (2 s - sum of z)},
 * s the sum of z over the set bits of the row (RaBitQ, arXiv 2405.12497 section 3.3).
 *
 * @param planes as {@link CodeMath#planeSums} takes them
 * @param step what a unit is worth
 * @param total sum of all units
 * @param offset score of the center
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PlaneQuery(long[] planes, float step, int total, float offset) {

    private static final int UNITS_MAX = 7;

    static PlaneQuery of(float[] rotated, float offset) {
        float largest = 0;
        for (float component : rotated) {
            largest = Math.max(largest, Math.abs(component));
        }
        float step = largest / UNITS_MAX;
        float perStep = Rounding.perStep(step);
        int words = rotated.length / Long.SIZE;
        long[] planes = new long[CodeMath.PLANES * words];
        int total = 0;
        for (int w = 0; w < words; w++) {
            long ones = 0;
            long twos = 0;
            long fours = 0;
            long eights = 0;
            for (int i = 0; i < Long.SIZE; i++) {
                int units = Rounding.nearest(rotated[w * Long.SIZE + i] * perStep);
                total += units;
                ones |= (units & 1L) << i;
                twos |= (units >> 1 & 1L) << i;
                fours |= (units >> 2 & 1L) << i;
                eights |= (units >> 3 & 1L) << i;
            }
            planes[w] = ones;
            planes[words + w] = twos;
            planes[2 * words + w] = fours;
            planes[3 * words + w] = eights;
        }
        return new PlaneQuery(planes, step, total, offset);
    }

    /** The sums over the set bits of wanted rows of a block, for {@link #dot}. */
    void sums(SignBlock block, long wanted, long[] sums) {
        CodeMath.planeSums(planes, block, wanted, sums);
    }

    /** The estimate of {@code <b, R q>} from the sum over the set bits of b. */
    float dot(long sum) {
        return step * (2 * sum - total);
    }
}
