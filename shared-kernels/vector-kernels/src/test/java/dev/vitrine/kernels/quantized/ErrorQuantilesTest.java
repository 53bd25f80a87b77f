package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorQuantilesTest {

    private static final double DEVIATION = 0.04;

    private final Random random = new Random(5);

    private ErrorQuantiles quantiles(double share) {
        return ErrorQuantiles.of(
                DoubleStream.generate(() -> DEVIATION * random.nextGaussian()).limit(5_000), share);
    }

    private static float[] evenly(float spread) {
        float[] gaps = new float[10];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = spread * i / gaps.length;
        }
        return gaps;
    }

    @Test
    void bestRowsAtTheFloor_needTheErrorsOwnQuantile() {
        // A normal error is under 1.645 deviations in 95 of 100 cases.
        assertThat(quantiles(0.95).margin(new float[10]))
                .isCloseTo(1.645 * DEVIATION, within(0.005));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.95, 0.98})
    void margin_holdsTheShare_howeverFarRowsLieApart(double share) {
        ErrorQuantiles quantiles = quantiles(share);
        for (float spread : new float[] {0.01f, 0.05f, 0.2f}) {
            float[] gaps = evenly(spread);
            double margin = quantiles.margin(gaps);
            int inside = 0;
            int tries = 20_000;
            for (int i = 0; i < tries; i++) {
                double error = DEVIATION * random.nextGaussian();
                inside += error <= margin + gaps[i % gaps.length] ? 1 : 0;
            }
            assertThat(inside / (double) tries).isBetween(share - 0.005, share + 0.02);
        }
    }

    @Test
    void rowsFarOverTheFloor_needLess() {
        ErrorQuantiles quantiles = quantiles(0.95);
        assertThat(quantiles.margin(evenly(0.2f)))
                .isLessThan(quantiles.margin(new float[10]) - 0.02);
    }

    @Test
    void oneError_isTheMargin() {
        ErrorQuantiles quantiles = ErrorQuantiles.of(DoubleStream.of(0.03), 0.95);
        assertThat(quantiles.margin(new float[] {0, 0})).isCloseTo(0.03, within(1e-4));
    }

    @Test
    void written_isReadAgain() throws IOException {
        ErrorQuantiles quantiles = quantiles(0.95);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        quantiles.write(new DataOutputStream(bytes));
        ErrorQuantiles again =
                ErrorQuantiles.read(
                        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(again.share()).isEqualTo(quantiles.share());
        assertThat(again.values()).isEqualTo(quantiles.values());
    }
}
