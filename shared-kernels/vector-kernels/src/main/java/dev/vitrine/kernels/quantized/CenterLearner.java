package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.exact.FloatRowsView;
import dev.vitrine.kernels.vector.NativeRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Learns centers from a sample of rows: spherical k-means (Dhillon and Modha, 2001). */
final class CenterLearner {

    /** Rows of the sample for each center. */
    private static final int ROWS_A_CENTER = 32;

    private static final int ROUNDS = 4;

    /** Centers for each root of the number of rows. */
    private static final double CENTERS = 4;

    /** Rows that each center is to have at least, on average. */
    private static final double ROWS_MIN = 256;

    private static final long SEED = 0x5EED;

    private final float[][] sample;
    private final SignEncoder encoder;
    private final Random random = new Random(SEED);

    private CenterLearner(float[][] sample, SignEncoder encoder) {
        this.sample = sample;
        this.encoder = encoder;
    }

    /**
     * Learns some four times as many centers as the root of the number of rows, of fewer than a
     * million rows as many as leave four clusters to each.
     */
    static Centers learn(FloatRowsView rows, SignEncoder encoder) {
        double most = Math.min(CENTERS * Math.sqrt(rows.rowCount()), rows.rowCount() / ROWS_MIN);
        int count = Math.max(1, (int) most);
        return new CenterLearner(some(rows, ROWS_A_CENTER * count), encoder).centers(count);
    }

    private Centers centers(int count) {
        float[][] directions = new float[count][];
        Arrays.setAll(directions, c -> sample[random.nextInt(sample.length)].clone());
        for (int round = 0; round < ROUNDS; round++) {
            CenterFinder finder = new CenterFinder(of(directions));
            for (float[] direction : directions) {
                Arrays.fill(direction, 0);
            }
            for (float[] row : sample) {
                add(row, directions[finder.find(row)]);
            }
        }
        new Halving(directions, new int[count]).order(1);
        return of(directions);
    }

    private Centers of(float[][] directions) {
        NativeRows rows = NativeRows.allocate(encoder.dimensions(), directions.length);
        for (int c = 0; c < directions.length; c++) {
            while (!scale(directions[c])) {
                // A center without rows takes one from elsewhere.
                directions[c] = sample[random.nextInt(sample.length)].clone();
            }
            rows.set(c, directions[c]);
        }
        return new Centers(rows, encoder);
    }

    private static void add(float[] row, float[] sum) {
        for (int i = 0; i < row.length; i++) {
            sum[i] += row[i];
        }
    }

    /** Gives a vector unit length, if it has any. */
    private static boolean scale(float[] vector) {
        double length = Math.sqrt(Rounding.squares(vector));
        if (!(length > 0 && Double.isFinite(length))) {
            return false;
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return true;
    }

    /** Rows of unit length, evenly spread over all; at least one. */
    private static float[][] some(FloatRowsView view, int number) {
        List<float[]> rows = new ArrayList<>();
        for (int ordinal : view.sample(number)) {
            float[] row = new float[view.dimensions()];
            if (view.copyRow(ordinal, row) && scale(row)) {
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            float[] any = new float[view.dimensions()];
            any[0] = 1;
            rows.add(any);
        }
        return rows.toArray(float[][]::new);
    }
}
