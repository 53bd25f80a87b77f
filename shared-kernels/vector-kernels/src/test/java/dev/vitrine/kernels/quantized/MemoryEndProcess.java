package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Another process, with little memory outside the heap, whose engine runs out of it. */
final class MemoryEndProcess {

    /** Begins the name of a scenario that is to run with clusters. */
    private static final String CLUSTERED = "clustered ";

    private static final String LIMIT = "-XX:MaxDirectMemorySize=16m";
    private static final int DIMENSIONS = 64;
    private static final int ORDINALS_MAX = 5_000;
    private static final int EXACT_ROWS = 100;
    private static final double RECALL = 0.98;
    private static final int ROWS = 2_000;

    /** Less than any page of an engine. */
    private static final int CRUMB_BYTES = 256;

    private final Path folder;
    private final Clustering clustering;
    private final ShopVectors shop = new ShopVectors(DIMENSIONS, 30, 3);
    private final float[][] queries = new float[20][];
    private final List<ByteBuffer> ballast = new ArrayList<>();

    private MemoryEndProcess(Path folder, boolean clustered) {
        this.folder = folder;
        this.clustering = clustered ? Clustering.ALWAYS : Clustering.NEVER;
        for (int q = 0; q < queries.length; q++) {
            queries[q] = shop.query();
        }
    }

    /** Runs a scenario; its exit code, 0 when everything held. */
    static int run(String scenario, Path folder) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                LIMIT,
                                "-XX:-UsePerfData",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                MemoryEndProcess.class.getName(),
                                scenario,
                                folder.toString())
                        .inheritIO()
                        .start();
        if (!process.waitFor(4, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    public static void main(String[] arguments) throws IOException {
        boolean clustered = arguments[0].startsWith(CLUSTERED);
        MemoryEndProcess process = new MemoryEndProcess(Path.of(arguments[1]), clustered);
        switch (clustered ? arguments[0].substring(CLUSTERED.length()) : arguments[0]) {
            case "put" -> process.put();
            case "publish" -> process.publish();
            case "tend" -> process.tend();
            case "file" -> process.file();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private QuantizedVectorEngine filled() {
        QuantizedVectorEngine engine =
                new QuantizedVectorEngine(DIMENSIONS, ORDINALS_MAX, RECALL, EXACT_ROWS, clustering);
        for (int i = 0; i < ROWS; i++) {
            engine.put(i, shop.row());
        }
        engine.publish();
        return engine;
    }

    private QuantizedVectorEngine learned() {
        QuantizedVectorEngine engine = filled();
        assertThat(engine.tend()).isTrue();
        engine.publish();
        return engine;
    }

    private List<Object> answers(QuantizedVectorEngine engine) {
        return Answers.of(engine.publish(), queries, ORDINALS_MAX);
    }

    /**
     * Takes all memory but some.
     *
     * @param left bytes that are free afterwards, once the collector has run
     */
    private void takeAllBut(int left) {
        @Nullable ByteBuffer[] kept = {ByteBuffer.allocateDirect(left)};
        try {
            while (true) {
                ballast.add(ByteBuffer.allocateDirect(CRUMB_BYTES));
            }
        } catch (OutOfMemoryError full) {
            kept[0] = null;
        }
    }

    /**
     * Overwrites a row of another page each time, with a little more memory each time, so that it
     * runs out at every part of the engine.
     */
    private void put() {
        QuantizedVectorEngine engine = learned();
        List<Object> before = answers(engine);
        int rounds = 0;
        boolean stored = false;
        while (!stored) {
            // A round costs the collector a second: of those that end at the first page, one is
            // enough.
            takeAllBut(rounds == 0 ? 2_048 : 12_288 + 2_048 * rounds);
            try {
                engine.put(64 * rounds, shop.row());
                stored = true;
            } catch (OutOfMemoryError expected) {
                ballast.clear();
                assertThat(answers(engine)).isEqualTo(before);
            }
            rounds++;
        }
        // A page of floats takes 16 KiB, one of int8 codes 4.
        assertThat(rounds).isGreaterThan(5);
        ballast.clear();
        engine.put(7, shop.row());
        assertThat(answers(engine)).isNotEqualTo(before);
    }

    /** What was taken out has to stop being found, memory or not. */
    private void publish() {
        QuantizedVectorEngine engine = learned();
        engine.remove(7);
        takeAllBut(CRUMB_BYTES);
        QuantizedSearch view = engine.publish();
        ballast.clear();
        assertThat(view.contains(7)).isFalse();
    }

    private void tend() {
        QuantizedVectorEngine engine = filled();
        List<Object> before = answers(engine);
        for (int left = 4; left <= 64; left *= 4) {
            takeAllBut(1_024 * left);
            assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(engine::tend);
            ballast.clear();
            assertThat(answers(engine)).isEqualTo(before);
        }
        assertThat(engine.tend()).as("it is still due").isTrue();
        engine.publish();
        assertThat(engine.describe()).contains("top-k by 64-bit signs");
    }

    private void file() throws IOException {
        Path path = folder.resolve("engine");
        QuantizedVectorEngine engine = learned();
        List<Object> before = answers(engine);
        engine.snapshot().write(path);
        byte[] written = Files.readAllBytes(path);

        engine.put(7, shop.row());
        List<Object> after = answers(engine);
        EngineSnapshot snapshot = engine.snapshot();
        takeAllBut(2_048);
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> snapshot.write(path));
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> open(path));
        ballast.clear();

        assertThat(Files.readAllBytes(path)).isEqualTo(written);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
        assertThat(answers(open(path))).isEqualTo(before);
        assertThat(answers(engine)).isEqualTo(after);
        snapshot.write(path);
        assertThat(answers(open(path))).isEqualTo(after);
    }

    private QuantizedVectorEngine open(Path path) throws IOException {
        return QuantizedVectorEngine.open(
                path, DIMENSIONS, ORDINALS_MAX, RECALL, EXACT_ROWS, clustering);
    }
}
