package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.ByteBlock;

/** The heads of 64 rows. */
final class HeadPage {

    final ByteBlock codes;

    /** Of each row: see {@link HeadCode}. */
    final float[] steps;

    final float[] rests;

    /** Of all rows that have been in this page: small beside the rests, so one number does. */
    private float errorMax;

    private float lengthMax;

    private HeadPage(ByteBlock codes, float[] steps, float[] rests) {
        this.codes = codes;
        this.steps = steps;
        this.rests = rests;
    }

    static HeadPage allocate(int dimensions) {
        return new HeadPage(
                ByteBlock.allocate(dimensions),
                new float[ByteBlock.ROWS],
                new float[ByteBlock.ROWS]);
    }

    HeadPage copy() {
        HeadPage copy = new HeadPage(codes.copy(), steps.clone(), rests.clone());
        copy.errorMax = errorMax;
        copy.lengthMax = lengthMax;
        return copy;
    }

    void set(int slot, byte[] code, HeadCode of) {
        codes.set(slot, code);
        steps[slot] = (float) of.step();
        rests[slot] = (float) (of.rest() * Rounding.UP);
        errorMax = Math.max(errorMax, (float) (of.error() * Rounding.UP));
        lengthMax = Math.max(lengthMax, (float) (of.length() * Rounding.UP));
    }

    float errorMax() {
        return errorMax;
    }

    float lengthMax() {
        return lengthMax;
    }
}
