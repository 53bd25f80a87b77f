package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.SignBlock;

/**
 * The sign codes of 64 rows.
 *
 * @param codes one bit a direction
 * @param factors of each row, see {@link SignEncoder}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SignPage(SignBlock codes, float[] factors) {

    static SignPage allocate(int words) {
        return new SignPage(SignBlock.allocate(words), new float[SignBlock.ROWS]);
    }

    SignPage copy() {
        return new SignPage(codes.copy(), factors.clone());
    }

    void set(int slot, long[] code, float factor) {
        codes.set(slot, code);
        factors[slot] = factor;
    }
}
