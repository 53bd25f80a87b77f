package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.ByteBlock;
import dev.vitrine.kernels.vector.CodeMath;

/** A query against heads: how much each row of a page scores at most. One search, one thread. */
final class HeadQuery {

    private final short[] codes;
    private final float step;
    private final float onRest;
    private final double onError;
    private final double onLength;
    private final double constant;
    private final int[] sums = new int[ByteBlock.ROWS];

    /**
     * Keeps what a row's numbers are multiplied with.
     *
     * @param code of the query, as for {@link CodeMath#blockQuery}
     * @param centerScore dot product of query and center
     * @param centerLength length of the center
     * @param rounding of an exact score, for a row of length 1
     * @param underflow of a score, see {@link Rounding#underflow}
     */
    HeadQuery(
            int[] code,
            HeadCode of,
            double centerScore,
            double centerLength,
            double rounding,
            double underflow) {
        this.codes = CodeMath.blockQuery(code);
        this.step = (float) of.step();
        this.onRest = (float) ((of.rest() + rounding) * Rounding.UP);
        this.onError = of.length();
        this.onLength = of.error() + rounding;
        // NaN bounds nothing, as it should where a score may overflow.
        this.constant =
                Float.isFinite((float) centerScore)
                        ? centerScore
                                + rounding * centerLength
                                + 1e-6 * Math.abs(centerScore)
                                + underflow
                        : Double.NaN;
    }

    /**
     * The most that the rows of a page can score.
     *
     * @param upper receives the upper bounds of all 64 slots; NaN where nothing is known
     */
    void upperBounds(HeadPage page, float[] upper) {
        CodeMath.dotBlock(codes, page.codes, sums);
        float[] steps = page.steps;
        float[] rests = page.rests;
        float all =
                (float)
                        (constant
                                + (page.errorMax() * onError + page.lengthMax() * onLength)
                                        * Rounding.UP);
        for (int i = 0; i < sums.length; i++) {
            upper[i] = sums[i] * (steps[i] * step) + rests[i] * onRest + all;
        }
    }
}
