package dev.vitrine.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A score has the same bits before and after its loop is compiled; {@code reduceLanes(ADD)} would
 * break that, and with it every comparison with a stored threshold.
 */
@Tag("width")
class InterpreterAgreementTest {

    private static final int[] DIMENSIONS = {5, 100, 384};

    @Test
    void scores_compiledAndInterpreted_haveTheSameBits() throws Exception {
        VectorMath.warmUp(384, Duration.ofSeconds(1));
        assertThat(scoresOfAnInterpretingJvm()).isEqualTo(scores());
    }

    /** Prints the scores; run in a JVM of its own. */
    public static void main(String[] args) {
        System.out.println(scores());
    }

    private static String scores() {
        StringBuilder text = new StringBuilder(VectorMath.selection().name());
        Random random = new Random(42);
        for (int dimensions : DIMENSIONS) {
            NativeRows rows = NativeRows.allocate(dimensions, 7);
            float[] vector = new float[dimensions];
            for (int r = 0; r < 7; r++) {
                fill(vector, random);
                rows.set(r, vector);
            }
            fill(vector, random);
            float[] scores = new float[7];
            VectorMath.dotBlock(vector, rows, 0, 7, scores, 0);
            for (float score : scores) {
                text.append(' ').append(Float.toHexString(score));
            }
            text.append(' ').append(Float.toHexString(VectorMath.dot(vector, vector)));
        }
        return text.toString();
    }

    private static String scoresOfAnInterpretingJvm() throws IOException, InterruptedException {
        KernelSelection selection = VectorMath.selection();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xint");
        command.add("--enable-native-access=ALL-UNNAMED");
        if (selection.simd()) {
            command.add("--add-modules=" + KernelChoice.MODULE);
            command.add("-XX:MaxVectorSize=" + selection.bits() / Byte.SIZE);
        }
        command.add("-D" + KernelChoice.PROPERTY + "=" + (selection.simd() ? "simd" : "scalar"));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(InterpreterAgreementTest.class.getName());
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return output;
    }

    private static void fill(float[] vector, Random random) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
    }
}
