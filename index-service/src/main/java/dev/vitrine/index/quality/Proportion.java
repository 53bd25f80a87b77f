package dev.vitrine.index.quality;

/**
 * A mean share with its 95 % confidence interval after Wilson (1927), which stays inside 0 to 1 and
 * has a width even where everything was found.
 *
 * <p>Wilson's trials are yes or no. A trial between 0 and 1 varies no more than one of yes and no
 * with the same mean, so the interval holds for such trials too, and is then wider than it has to
 * be.
 *
 * @param share 0 to 1; NaN without a trial
 * @param trials 0 or more, each independent of the others
 */
record Proportion(double share, int trials) {

    private static final double Z = 1.959964;

    /** Lower end of the interval; NaN without a trial. */
    double low() {
        return Math.max(0, center() - halfWidth());
    }

    /** Upper end of the interval; NaN without a trial. */
    double high() {
        return Math.min(1, center() + halfWidth());
    }

    private double center() {
        return (share + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
    }

    private double halfWidth() {
        double variance = share * (1 - share) / trials;
        double correction = Z * Z / (4.0 * trials * trials);
        return Z * Math.sqrt(variance + correction) / (1 + Z * Z / trials);
    }
}
