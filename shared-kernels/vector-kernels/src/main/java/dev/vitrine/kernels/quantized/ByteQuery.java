package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.ByteRows;
import dev.vitrine.kernels.vector.CodeMath;

/**
 * A query against int8 codes: an estimate of each dot product and a bound on its error.
 *
 * <p>With row {@code x = x' + e} and query {@code q = q' + d} (codes and their errors), {@code <x,
 * q> - <x', q'> = <e, q> + <x', d>}, at most {@code |e| |q| + |x'| |d|} by Cauchy and Schwarz. The
 * exact score is itself a rounded sum; its rounding is in the bound too, and so is what products
 * lose that are too small for a float.
 */
final class ByteQuery {

    private final short[] codes;
    private final float step;
    private final float onError;
    private final float onLength;
    private final float underflow;

    ByteQuery(float[] query) {
        byte[] bytes = new byte[query.length];
        ByteCode code = ByteCode.encode(query, bytes);
        this.codes = CodeMath.query(bytes);
        double length = Math.sqrt(Rounding.squares(query));
        // |x| <= |x'| + |e|, so the rounding of the exact score goes on both factors.
        double rounding = Rounding.ofScore(query.length, length);
        this.step = code.step();
        this.onError = (float) ((length + rounding) * Rounding.UP);
        this.onLength = (float) ((code.error() + rounding) * Rounding.UP);
        this.underflow = (float) Rounding.underflow(query.length);
    }

    /**
     * The most that the rows of a page can score.
     *
     * @param sums scratch of 64
     * @param upper receives the upper bounds of all 64 slots, infinite where there is no code
     */
    void upperBounds(BytePage page, int[] sums, float[] upper) {
        CodeMath.dotBlock(codes, page.codes, 0, sums.length, sums);
        float[] steps = page.steps;
        float[] errors = page.errors;
        float[] lengths = page.lengths;
        for (int i = 0; i < sums.length; i++) {
            upper[i] =
                    sums[i] * (steps[i] * step)
                            + (errors[i] * onError + lengths[i] * onLength + underflow);
        }
    }

    /** Estimates of the first {@code count} rows, slot {@code slots[i]} of {@code pages[i]}. */
    void estimates(
            BytePage[] pages,
            ByteRows[] rows,
            int[] slots,
            int count,
            int[] sums,
            float[] estimates) {
        CodeMath.dotEach(codes, rows, slots, count, sums);
        for (int i = 0; i < count; i++) {
            estimates[i] = sums[i] * (pages[i].steps[slots[i]] * step);
        }
    }

    /** How far the estimate of a row of a page may be from its score, to either side. */
    float error(BytePage page) {
        return page.errorMax * onError + page.lengthMax * onLength + underflow;
    }
}
