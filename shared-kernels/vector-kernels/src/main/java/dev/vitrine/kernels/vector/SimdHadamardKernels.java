package dev.vitrine.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transform on the Vector API: distances within a register by shuffles, longer ones register
 * against register. The same additions in the same order as the specification, so the same bits.
 */
final class SimdHadamardKernels implements HadamardKernels {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

    private static final int LANES = FLOATS.length();

    private static final VectorShuffle<Float> ACROSS_1 = across(1);
    private static final VectorShuffle<Float> ACROSS_2 = across(2);
    private static final VectorShuffle<Float> ACROSS_4 = across(4);
    private static final VectorShuffle<Float> ACROSS_8 = across(8);

    private static final FloatVector SIGN_1 = signs(1);
    private static final FloatVector SIGN_2 = signs(2);
    private static final FloatVector SIGN_4 = signs(4);
    private static final FloatVector SIGN_8 = signs(8);

    private final HadamardKernels shorter = new ScalarHadamardKernels();

    @Override
    public void transform(float[] data, int from, int length) {
        if (length < LANES) {
            shorter.transform(data, from, length);
            return;
        }
        for (int i = from; i < from + length; i += LANES) {
            within(FloatVector.fromArray(FLOATS, data, i)).intoArray(data, i);
        }
        for (int distance = LANES; distance < length; distance *= 2) {
            for (int start = from; start < from + length; start += 2 * distance) {
                for (int i = start; i < start + distance; i += LANES) {
                    FloatVector a = FloatVector.fromArray(FLOATS, data, i);
                    FloatVector b = FloatVector.fromArray(FLOATS, data, i + distance);
                    a.add(b).intoArray(data, i);
                    a.sub(b).intoArray(data, i + distance);
                }
            }
        }
    }

    /** All distances inside one register. */
    private static FloatVector within(FloatVector register) {
        FloatVector v = register;
        v = v.mul(SIGN_1).add(v.rearrange(ACROSS_1));
        v = v.mul(SIGN_2).add(v.rearrange(ACROSS_2));
        if (LANES >= 8) {
            v = v.mul(SIGN_4).add(v.rearrange(ACROSS_4));
        }
        if (LANES >= 16) {
            v = v.mul(SIGN_8).add(v.rearrange(ACROSS_8));
        }
        return v;
    }

    private static VectorShuffle<Float> across(int distance) {
        return VectorShuffle.fromOp(FLOATS, lane -> (lane ^ distance) % LANES);
    }

    /** Minus where the partner is to the left. */
    private static FloatVector signs(int distance) {
        float[] signs = new float[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            signs[lane] = (lane & distance) == 0 ? 1f : -1f;
        }
        return FloatVector.fromArray(FLOATS, signs, 0);
    }
}
