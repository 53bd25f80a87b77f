package dev.vitrine.benchmarks.vectorset;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import dev.vitrine.embedding.encode.Encoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * A folder with {@code products.f32} and {@code queries.f32}, the texts of both one a line, and the
 * halves of the queries: {@code queries-train.f32} for engines that learn from queries, {@code
 * queries-test.f32} to measure with.
 */
public final class VectorSet {

    private static final long PROGRESS_SECONDS = 10;

    private VectorSet() {}

    /** Makes what is missing; see {@link VectorSetMaker} for what happens to what is there. */
    public static void make(
            Path catalogs,
            Path out,
            int rows,
            int queries,
            Encoder encoder,
            int threads,
            PrintWriter console)
            throws IOException, InterruptedException {
        Files.createDirectories(out);
        SetTexts texts = SetTexts.read(catalogs);
        List<String> asked = texts.queries(queries);
        List<String> products = texts.products(rows);
        console.printf(
                "%,d texts of products; %,d queries, %,d of them typed by shoppers%n",
                products.size(), asked.size(), Math.min(asked.size(), texts.askedQueries().size()));
        console.flush();
        Files.write(out.resolve("queries.txt"), asked);
        Files.write(out.resolve("products.txt"), products);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            VectorSetMaker maker = new VectorSetMaker(encoder, pool);
            int half = asked.size() / 2;
            maker.make(
                    asked.subList(0, half),
                    EmbeddingPurpose.QUERY,
                    out.resolve("queries-train.f32"),
                    done -> {});
            maker.make(
                    asked.subList(half, asked.size()),
                    EmbeddingPurpose.QUERY,
                    out.resolve("queries-test.f32"),
                    done -> {});
            try (var whole = Files.newOutputStream(out.resolve("queries.f32"))) {
                Files.copy(out.resolve("queries-train.f32"), whole);
                Files.copy(out.resolve("queries-test.f32"), whole);
            }
            maker.make(
                    products,
                    EmbeddingPurpose.PRODUCT,
                    out.resolve("products.f32"),
                    new Progress(products.size(), console));
        }
    }

    /** A line every few seconds. */
    private static final class Progress implements LongConsumer {

        private final long total;
        private final PrintWriter console;
        private final long started = System.nanoTime();
        private long first = -1;
        private long next = started;

        Progress(long total, PrintWriter console) {
            this.total = total;
            this.console = console;
        }

        @Override
        public void accept(long done) {
            first = first < 0 ? done : first;
            long now = System.nanoTime();
            if (now < next && done < total) {
                return;
            }
            next = now + TimeUnit.SECONDS.toNanos(PROGRESS_SECONDS);
            double seconds = (now - started) / 1e9;
            console.printf(
                    "%,d of %,d rows, %.0f a second%n",
                    done, total, (done - first) / Math.max(seconds, 1e-9));
            console.flush();
        }
    }
}
