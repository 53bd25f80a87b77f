package dev.vitrine.kernels.quantized;

/**
 * A centroid in two bits a component: its sign and whether it is large, with the two levels that
 * are best for normal components (Max, Quantizing for Minimum Distortion, 1960).
 *
 * <p>It is kept as two words of signs that are added up, so that it is compared like sign codes:
 * with s the sign, and t the same sign for a large component and the other one for a small, a
 * component is about {@code scale (0.9814 s + 0.5286 t)}.
 *
 * @param signs s of each component
 * @param mixed t of each component
 * @param scale what makes the estimate of a dot product right for the part along the centroid, as
 *     the factor of {@link SignEncoder} does
 * @param signScale the same for the signs alone
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CentroidCode(long[] signs, long[] mixed, float scale, float signScale) {

    private static final double LARGE = 1.5104;

    private static final double SMALL = 0.4528;

    /** Between the levels. */
    private static final double THRESHOLD = (LARGE + SMALL) / 2;

    static final float SIGNS = (float) (LARGE + SMALL) / 2;

    static final float MIXED = (float) (LARGE - SMALL) / 2;

    /** Encodes a centroid of whole words of components, centred and rotated as rows are. */
    static CentroidCode of(float[] centroid) {
        long[] signs = new long[centroid.length / Long.SIZE];
        long[] mixed = new long[signs.length];
        double squares = Rounding.squares(centroid);
        double threshold = THRESHOLD * Math.sqrt(squares / centroid.length);
        double along = 0;
        for (int i = 0; i < centroid.length; i++) {
            double absolute = Math.abs(centroid[i]);
            boolean positive = centroid[i] >= 0;
            boolean large = absolute > threshold;
            along += absolute * (large ? LARGE : SMALL);
            if (positive) {
                signs[i / Long.SIZE] |= 1L << i;
            }
            if (positive == large) {
                mixed[i / Long.SIZE] |= 1L << i;
            }
        }
        double scale = along > 0 ? squares / along : 0;
        return new CentroidCode(
                signs,
                mixed,
                Double.isFinite(scale) ? (float) scale : 0,
                SignEncoder.factor(centroid));
    }

    /** The vector that the code stands for. */
    void decode(float[] target) {
        for (int i = 0; i < target.length; i++) {
            float s = (signs[i / Long.SIZE] >>> i & 1) != 0 ? SIGNS : -SIGNS;
            float t = (mixed[i / Long.SIZE] >>> i & 1) != 0 ? MIXED : -MIXED;
            target[i] = scale * (s + t);
        }
    }
}
