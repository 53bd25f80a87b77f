package dev.vitrine.kernels.quantized;

import java.util.function.DoubleUnaryOperator;

/** Rounding, and what it may add to the bounds of codes. */
final class Rounding {

    /** Most that one rounding to float errs, of what is rounded. */
    static final double OFF = 0x1p-24;

    /** Covers the rounding to float of numbers computed in double. */
    static final double UP = 1 + 1e-6;

    /** From here to its double floats are whole numbers: adding it rounds. */
    private static final float WHOLE = 0x1.8p23f;

    private Rounding() {}

    /**
     * How far the exact score of a query and a row of length 1, itself a rounded sum, may be from
     * the true dot product. A rounded sum of n products errs by at most n 2^-24 of the sum of the
     * absolute products, and that sum is at most |x| |q| (Higham, Accuracy and Stability, section
     * 3.1).
     *
     * @param dimensions of the query
     * @param length of the query
     */
    static double ofScore(int dimensions, double length) {
        return 2 * (dimensions + 2) * OFF * length;
    }

    /**
     * What is lost at most of a score by codes, and of the exact score, where products are under
     * the range of normal floats: half of {@link Float#MIN_VALUE} each. The product of two steps
     * loses it once, but counts as often as the sum of the codes' products says, which is at most
     * 127 times 127 a dimension, or the largest short for each begun group of 16.
     */
    static double underflow(int dimensions) {
        return 0x1p15 * dimensions * Float.MIN_VALUE;
    }

    /**
     * The nearest int, of halves the even one, of a number within +-2^22. {@link Math#round(float)}
     * changes the processor's rounding mode and back for each number.
     */
    static int nearest(float number) {
        return (int) (number + WHOLE - WHOLE);
    }

    /** 1 over a step; 0, which leaves no code, where that would be infinite. */
    static float perStep(float step) {
        return step >= Float.MIN_NORMAL ? 1 / step : 0;
    }

    /** Squared length, in double. */
    static double squares(float[] vector) {
        return sum(vector, component -> component * component);
    }

    /** Sum of the absolute components, in double. */
    static double absolutes(float[] vector) {
        return sum(vector, Math::abs);
    }

    /** Of four partial sums none waits for the one before. */
    private static double sum(float[] vector, DoubleUnaryOperator term) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < vector.length; i += 4) {
            a += term.applyAsDouble(vector[i]);
            b += term.applyAsDouble(vector[i + 1]);
            c += term.applyAsDouble(vector[i + 2]);
            d += term.applyAsDouble(vector[i + 3]);
        }
        for (; i < vector.length; i++) {
            a += term.applyAsDouble(vector[i]);
        }
        return a + b + (c + d);
    }
}
