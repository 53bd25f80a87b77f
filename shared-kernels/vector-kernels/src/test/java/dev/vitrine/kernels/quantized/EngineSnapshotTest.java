package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vitrine.kernels.blockfile.UnusableFileException;
import dev.vitrine.kernels.engine.VectorSearch;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineSnapshotTest {

    static final int DIMENSIONS = 40;
    static final int ORDINALS_MAX = 5_000;
    static final int EXACT_ROWS = 100;
    static final double RECALL = 0.98;
    private static final Pattern PLACE =
            Pattern.compile("(header|directory|block \\d+ of (\\w+)) does not have its checksum");

    private static final BufferPoolMXBean MAPPED =
            ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("mapped"))
                    .findFirst()
                    .orElseThrow();

    @TempDir Path folder;

    final ShopVectors shop = new ShopVectors(DIMENSIONS, 30, 3);
    private final float[][] queries =
            Stream.generate(shop::query).limit(20).toArray(float[][]::new);

    Clustering clustering() {
        return Clustering.NEVER;
    }

    /** Sections that top-k alone reads. */
    Set<String> searched() {
        return Set.of("signs");
    }

    private QuantizedVectorEngine filled(int rows) {
        QuantizedVectorEngine engine =
                new QuantizedVectorEngine(
                        DIMENSIONS, ORDINALS_MAX, RECALL, EXACT_ROWS, clustering());
        for (int i = 0; i < rows; i++) {
            // A page without rows, and pages with gaps.
            if (i / 64 != 1 && i % 5 != 3) {
                engine.put(i, shop.row());
            }
        }
        engine.publish();
        return engine;
    }

    final QuantizedVectorEngine learned(int rows) {
        QuantizedVectorEngine engine = filled(rows);
        assertThat(engine.tend()).isTrue();
        engine.publish();
        return engine;
    }

    final Path write(QuantizedVectorEngine engine) throws IOException {
        Path path = folder.resolve("engine");
        engine.snapshot().write(path);
        return path;
    }

    final QuantizedVectorEngine open(Path path) throws IOException {
        return QuantizedVectorEngine.open(
                path, DIMENSIONS, ORDINALS_MAX, RECALL, EXACT_ROWS, clustering());
    }

    final void assertSame(QuantizedVectorEngine expected, QuantizedVectorEngine actual) {
        assertThat(actual.describe()).isEqualTo(expected.describe());
        assertThat(answers(actual.current())).isEqualTo(answers(expected.current()));
    }

    private List<Object> answers(VectorSearch search) {
        return Answers.of(search, queries, ORDINALS_MAX);
    }

    private void changeAlike(QuantizedVectorEngine... engines) {
        Random random = new Random(8);
        for (int change = 0; change < 300; change++) {
            int ordinal = random.nextInt(ORDINALS_MAX);
            boolean removed = random.nextInt(3) == 0;
            float[] row = shop.row();
            for (QuantizedVectorEngine engine : engines) {
                if (removed) {
                    engine.remove(ordinal);
                } else {
                    engine.put(ordinal, row);
                }
            }
        }
        for (QuantizedVectorEngine engine : engines) {
            engine.publish();
        }
    }

    @Test
    void open_learnedEngine_answersToTheBit_andGoesOn() throws IOException {
        QuantizedVectorEngine engine = learned(3_000);
        QuantizedVectorEngine opened = open(write(engine));
        assertThat(opened.describe()).contains("top-k by 64-bit signs");
        assertSame(engine, opened);

        VectorSearch before = opened.current();
        List<Object> then = answers(before);
        changeAlike(engine, opened);
        assertSame(engine, opened);
        assertThat(answers(before)).isEqualTo(then);

        opened.verify();
        opened.publish();
        assertSame(engine, opened);
        changeAlike(engine, opened);
        assertSame(engine, opened);
        assertSame(engine, open(write(opened)));
    }

    @Test
    void open_emptyAndUnlearnedEngines_answerToTheBit_andLearn() throws IOException {
        QuantizedVectorEngine empty =
                new QuantizedVectorEngine(
                        DIMENSIONS, ORDINALS_MAX, RECALL, EXACT_ROWS, clustering());
        assertThat(open(write(empty)).current().rowCount()).isZero();

        QuantizedVectorEngine engine = filled(1_000);
        QuantizedVectorEngine opened = open(write(engine));
        assertSame(engine, opened);
        assertThat(opened.describe()).startsWith("exact");
        assertThat(opened.tend()).isTrue();
        opened.publish();
        assertThat(opened.describe()).contains("top-k by 64-bit signs");
    }

    @Test
    void tend_nothingIsDue_untilAsMuchHasChangedAsBefore() throws IOException {
        QuantizedVectorEngine engine = learned(1_000);
        assertThat(engine.tend()).isFalse();
        QuantizedVectorEngine opened = open(write(engine));
        assertThat(opened.tend()).isFalse();
        // A sixth before the file was written, a sixth after: a quarter makes a plan due.
        int sixth = engine.current().rowCount() / 6;
        for (int i = 0; i < sixth; i++) {
            opened.put(i, shop.row());
        }
        opened.publish();
        assertThat(opened.tend()).isFalse();
        QuantizedVectorEngine again = open(write(opened));
        assertThat(again.tend()).isFalse();
        for (int i = 0; i < sixth; i++) {
            again.put(i, shop.row());
        }
        again.publish();
        assertThat(again.tend()).isTrue();
    }

    /** What tend() has made is not in the view before it is published, so the file lacks it. */
    @Test
    void write_betweenTendAndPublish_leavesLearningDue() throws IOException {
        QuantizedVectorEngine engine = filled(1_000);
        assertThat(engine.tend()).isTrue();
        QuantizedVectorEngine opened = open(write(engine));
        assertThat(opened.describe()).startsWith("exact");
        assertThat(opened.tend()).isTrue();
        opened.publish();
        assertThat(opened.describe()).contains("top-k by 64-bit signs");
    }

    @Test
    void open_forAnotherRecall_findsThePlanAnew() throws IOException {
        Path path = write(learned(1_000));
        QuantizedVectorEngine opened =
                QuantizedVectorEngine.open(
                        path, DIMENSIONS, ORDINALS_MAX, 0.9, EXACT_ROWS, clustering());
        assertThat(opened.describe()).startsWith("exact");
        assertThat(opened.tend()).isTrue();
        opened.publish();
        assertThat(opened.describe()).contains("target recall 0.9;");
    }

    @Test
    void open_otherDimensionsOrTooFewOrdinals_isRefused() throws IOException {
        Path path = write(learned(500));
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> QuantizedVectorEngine.open(path, 41, ORDINALS_MAX, RECALL))
                .withMessageContainingAll(path.toString(), "40 dimensions instead of 41");
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> QuantizedVectorEngine.open(path, DIMENSIONS, 499, RECALL))
                .withMessageContainingAll("it holds ordinal 499, the limit is 498");
    }

    /** Also sign codes that are not searched before there is a plan are checked at once. */
    @Test
    void open_forAnotherRecall_refusesWhatItAlwaysRefuses() throws IOException {
        byte[] bytes = Files.readAllBytes(write(learned(400)));
        Set<String> refused = new TreeSet<>();
        for (int at = 0; at < bytes.length; at += 211) {
            Path damaged = damaged(bytes, at);
            try {
                QuantizedVectorEngine opened =
                        QuantizedVectorEngine.open(
                                damaged, DIMENSIONS, ORDINALS_MAX, 0.9, EXACT_ROWS, clustering());
                assertThat(opened.current().signs()).isNull();
            } catch (UnusableFileException e) {
                refused.add(place(damaged, e));
            }
        }
        assertThat(refused).contains("signs").doesNotContain("floats", "bytes", "heads");
    }

    /** Wherever the bit is: it is found, and until then every answer is right or refused. */
    @Test
    void oneBitTurned_isFoundInEverySection_andNothingWrongIsAnswered() throws IOException {
        Path path = write(learned(400));
        List<Object> right = answers(open(path).current());
        byte[] bytes = Files.readAllBytes(path);
        Set<String> places = new TreeSet<>();
        for (int at = 0; at < bytes.length; at += at < 256 ? 32 : 47) {
            Path damaged = damaged(bytes, at);
            try {
                QuantizedVectorEngine opened = open(damaged);
                try {
                    assertThat(answers(opened.current())).isEqualTo(right);
                } catch (UnusableFileException e) {
                    places.add(place(damaged, e));
                }
                opened.verify();
                assertThat(at).as("a damaged byte that was not found").isNegative();
            } catch (UnusableFileException e) {
                places.add(place(damaged, e));
            }
        }
        assertThat(places)
                .contains("directory", "presence", "tended", "learned", "floats", "bytes", "heads")
                .containsAll(searched());
    }

    /** A file of its own in which a bit of one byte is turned. */
    private Path damaged(byte[] bytes, int at) throws IOException {
        byte[] turned = bytes.clone();
        turned[at] ^= 4;
        return Files.write(folder.resolve("damaged-" + at), turned);
    }

    private static String place(Path path, UnusableFileException e) {
        assertThat(e).hasMessageContaining(path.toString());
        String message = String.valueOf(e.getMessage());
        Matcher place = PLACE.matcher(message);
        return !place.find() ? message : place.group(2) == null ? place.group(1) : place.group(2);
    }

    @Test
    void damagedPage_isNeverCopiedByAChange() throws IOException {
        Path path = write(learned(400));
        byte[] bytes = Files.readAllBytes(path);
        int refused = 0;
        for (int at = 0; at < bytes.length; at += 1_009) {
            try {
                QuantizedVectorEngine opened = open(damaged(bytes, at));
                for (int ordinal = 0; ordinal < 400; ordinal++) {
                    opened.put(ordinal, shop.row());
                }
            } catch (UnusableFileException e) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo(Math.ceilDiv(bytes.length, 1_009));
    }

    @Test
    void write_besideChanges_isTheViewThatWasCaptured() throws Exception {
        QuantizedVectorEngine engine = learned(2_000);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> changing =
                CompletableFuture.supplyAsync(() -> {
                    Random random = new Random(1);
                    ShopVectors others = new ShopVectors(DIMENSIONS, 30, 9);
                    int rounds = 0;
                    do {
                        for (int i = 0; i < 40; i++) {
                            engine.put(random.nextInt(ORDINALS_MAX), others.row());
                            engine.remove(random.nextInt(ORDINALS_MAX));
                        }
                        engine.publish();
                        rounds++;
                    } while (!done.get());
                    return rounds;
                });
        try {
            for (int i = 0; i < 20; i++) {
                EngineSnapshot snapshot = engine.snapshot();
                Path path = folder.resolve("engine");
                snapshot.write(path);
                QuantizedVectorEngine opened = open(path);
                opened.verify();
                assertThat(answers(opened.current())).isEqualTo(answers(snapshot.view()));
            }
        } finally {
            done.set(true);
        }
        assertThat(changing.get()).isPositive();
    }

    @Test
    void mappings_goWithTheLastView() throws IOException {
        Path path = write(learned(400));
        long before = settledMappings();
        for (int i = 0; i < 30; i++) {
            QuantizedVectorEngine opened = open(path);
            opened.verify();
            opened.publish();
            assertThat(opened.current().rowCount()).isPositive();
        }
        assertThat(mappingsFallTo(before)).isTrue();
    }

    /** Mapped files once collections in a row free nothing any more. */
    private static long settledMappings() {
        long least = Long.MAX_VALUE;
        int unchanged = 0;
        while (unchanged < 5) {
            System.gc();
            long now = MAPPED.getCount();
            unchanged = now < least ? 0 : unchanged + 1;
            least = Math.min(least, now);
        }
        return least;
    }

    /**
     * Whether mapped files that nobody reaches are given back: a thread of the JVM does it some
     * time after the collection that finds them.
     */
    private static boolean mappingsFallTo(long count) {
        long giveUp = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (MAPPED.getCount() > count && System.nanoTime() < giveUp) {
            System.gc();
        }
        return MAPPED.getCount() <= count;
    }
}
