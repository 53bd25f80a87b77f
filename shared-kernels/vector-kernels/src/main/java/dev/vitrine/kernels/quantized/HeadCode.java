package dev.vitrine.kernels.quantized;

/**
 * The head of a vector: its leading components in rotated space as whole numbers of steps, and
 * bounds on everything that this leaves out. See {@link HeadEncoder} for the algebra.
 *
 * @param step what one unit of the code is worth
 * @param error bound on the length of the projection less the code
 * @param length length of the decoded code, rounded up
 * @param rest bound on the length of the vector less its decoded code; infinite when the vector is
 *     so long or so short that nothing can be said
 */
record HeadCode(double step, double error, double length, double rest) {

    /** For a vector whose code is all zeros and says nothing. */
    static final HeadCode NONE = new HeadCode(0, 0, 0, Double.POSITIVE_INFINITY);
}
