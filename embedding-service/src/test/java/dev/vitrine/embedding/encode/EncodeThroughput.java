package dev.vitrine.embedding.encode;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import dev.vitrine.servicekit.WireJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;

/**
 * Measures titles a second on one thread, and how long queries wait while product texts keep all
 * threads busy. Run by hand; RATIONALE.md has the command and the figures.
 *
 * <p>Arguments: a gzipped NDJSON file of products with a title, number of titles.
 */
final class EncodeThroughput {

    private static final ModelProperties MODEL = new ModelProperties(null, 256, "", "");
    private static final int ROUNDS = 5;

    private EncodeThroughput() {}

    public static void main(String[] args) throws Exception {
        List<String> titles = titles(Path.of(args[0]), Integer.parseInt(args[1]));
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        try (OnnxEncoder encoder = new OnnxEncoder(ModelFiles.bundled(), MODEL)) {
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                long cpuStart = thread.getCurrentThreadCpuTime();
                for (String title : titles) {
                    encoder.encode(title, EmbeddingPurpose.PRODUCT);
                }
                double cpuSeconds = (thread.getCurrentThreadCpuTime() - cpuStart) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "one thread: %.0f titles/s, %.0f for a second of CPU time%n",
                        perSecond(titles.size(), start),
                        titles.size() / cpuSeconds);
            }
            try (EncodeLanes lanes =
                    new EncodeLanes(encoder, new EncodeProperties(0, 1024, titles.size(), 10))) {
                System.out.printf(Locale.ROOT, "query alone: %s%n", queries(lanes, titles));
                long start = System.nanoTime();
                List<CompletableFuture<float[]>> products =
                        lanes.offer(titles, EmbeddingPurpose.PRODUCT).orElseThrow();
                System.out.printf(
                        Locale.ROOT, "query during an import: %s%n", queries(lanes, titles));
                CompletableFuture.allOf(products.toArray(CompletableFuture<?>[]::new)).join();
                System.out.printf(
                        Locale.ROOT,
                        "all threads, with the queries: %.0f titles/s%n",
                        perSecond(titles.size(), start));
            }
        }
    }

    private static String queries(EncodeLanes lanes, List<String> titles) {
        double[] millis = new double[300];
        for (int i = 0; i < millis.length; i++) {
            String query = titles.get(i).replaceFirst(" .*", " ") + i;
            long start = System.nanoTime();
            lanes.offer(List.of(query), EmbeddingPurpose.QUERY).orElseThrow().getFirst().join();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        return String.format(
                Locale.ROOT,
                "median %.2f ms, p95 %.2f ms, worst %.2f ms",
                millis[millis.length / 2],
                millis[millis.length * 95 / 100],
                millis[millis.length - 1]);
    }

    private static double perSecond(int count, long startNanos) {
        return count / ((System.nanoTime() - startNanos) / 1e9);
    }

    private static List<String> titles(Path file, int count) throws IOException {
        List<String> titles = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine();
                    line != null && titles.size() < count;
                    line = lines.readLine()) {
                titles.add(WireJson.mapper().readTree(line).path("title").asString());
            }
        }
        return titles;
    }
}
