package dev.vitrine.benchmarks.vectors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** How many queries a second a number of threads gets answered, each asking one after the other. */
final class ClosedRate {

    private static final int BATCH = 16;

    private ClosedRate() {}

    /**
     * Asks for a time.
     *
     * @param searchers one a thread
     * @param nanos how long by the clock; the batch that runs then is finished and counted with its
     *     time
     */
    static double measure(
            List<VectorIndex.Searcher> searchers,
            float[][] queries,
            int k,
            long nanos,
            Clock clock,
            ExecutorService threads)
            throws IOException, InterruptedException {
        List<Callable<Double>> loops = new ArrayList<>();
        for (int thread = 0; thread < searchers.size(); thread++) {
            VectorIndex.Searcher searcher = searchers.get(thread);
            int start = thread * queries.length / searchers.size();
            loops.add(() -> loop(searcher, queries, k, nanos, clock, start));
        }
        double rate = 0;
        try {
            for (Future<Double> loop : threads.invokeAll(loops)) {
                rate += loop.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("a search failed", failed.getCause());
        }
        return rate;
    }

    private static double loop(
            VectorIndex.Searcher searcher,
            float[][] queries,
            int k,
            long nanos,
            Clock clock,
            int start)
            throws IOException {
        long from = clock.nanos();
        long now = from;
        long asked = 0;
        int next = start;
        while (now - from < nanos) {
            for (int i = 0; i < BATCH; i++) {
                searcher.search(queries[next], k);
                next = next + 1 == queries.length ? 0 : next + 1;
            }
            asked += BATCH;
            now = clock.nanos();
        }
        return asked / ((now - from) / 1e9);
    }
}
