package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.MatchConsumer;
import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.kernels.exact.BestRows;
import dev.vitrine.kernels.exact.ExactSearch;
import dev.vitrine.kernels.exact.RowTaker;
import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.vector.NativeRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Searches codes and scores few rows exactly.
 *
 * <p>Ranges are what an exact scan returns, to the bit: a row is left out only if the bound of its
 * head or of its int8 code says that it cannot score enough. Top-k goes through the stages of the
 * plan when there are sign codes; without them, for few passing rows and for large k, it is exact
 * too.
 *
 * <p>Every score that is returned is the exact one. Safe for all threads.
 */
public final class QuantizedSearch implements VectorSearch {

    /** Up to so many rows, all int8 codes are compared before any row is scored exactly. */
    private static final int LISTED_ROWS = 4_096;

    /** Up to so many rows are scored exactly at once: codes of the query would take longer. */
    private static final int SCORED_ROWS = 256;

    /** With fewer rows of a page than this, on average, they are faster compared one by one. */
    private static final int SPARSE = PagedRows.PAGE_ROWS / 2;

    /**
     * Where no more rows pass than so many times those whose int8 codes are compared first, it is
     * less work to compare all and no signs.
     */
    private static final int FEW = 2;

    private final ExactSearch exact;
    private final PagedView<NativeRows> floats;
    private final PagedView<BytePage> bytes;
    private final @Nullable HeadView heads;
    private final @Nullable SignView signs;
    private final QuerySample sample;

    QuantizedSearch(
            ExactSearch exact,
            PagedView<NativeRows> floats,
            PagedView<BytePage> bytes,
            @Nullable HeadView heads,
            @Nullable SignView signs,
            QuerySample sample) {
        this.exact = exact;
        this.floats = floats;
        this.bytes = bytes;
        this.heads = heads;
        this.signs = signs;
        this.sample = sample;
    }

    PagedView<NativeRows> floats() {
        return floats;
    }

    PagedView<BytePage> bytes() {
        return bytes;
    }

    @Nullable HeadView heads() {
        return heads;
    }

    @Nullable SignView signs() {
        return signs;
    }

    /** Reads, and so checks, every page of a snapshot that was not read yet. */
    void readAll() {
        floats.readAll();
        bytes.readAll();
        if (heads != null) {
            heads.pages().readAll();
        }
        if (signs != null) {
            signs.pages().readAll();
        }
    }

    @Override
    public int dimensions() {
        return exact.dimensions();
    }

    @Override
    public int rowCount() {
        return exact.rowCount();
    }

    @Override
    public int ordinalLimit() {
        return exact.ordinalLimit();
    }

    @Override
    public boolean contains(int ordinal) {
        return exact.contains(ordinal);
    }

    @Override
    public boolean copyRow(int ordinal, float[] target) {
        return exact.copyRow(ordinal, target);
    }

    @Override
    public float[] scores(float[] query, int[] ordinals) {
        return exact.scores(query, ordinals);
    }

    @Override
    public RowMatches topK(float[] query, int k, RowFilter filter) {
        exact.checkQuery(query);
        checkK(k);
        sample.offer(query);
        if (signs != null && k <= SearchPlan.K_MAX) {
            return staged(query, k, signs.plan(), filter);
        }
        return exactTopK(query, k, filter);
    }

    /** Top-k by a plan; exact where that is less work. */
    RowMatches staged(float[] query, int k, SearchPlan plan, RowFilter filter) {
        if (signs == null) {
            return exactTopK(query, k, filter);
        }
        PassingRows passing = PassingRows.of(signs.pages(), filter);
        if (fewPass(passing, k)) {
            return exactTopK(query, k, passing);
        }
        ClusterBatch clusters = byClusters(k, plan, passing);
        return clusters == null
                ? new StagedSearch(query, signs, bytes, floats, plan, passing).topK(k)
                : clusters.topK(query);
    }

    /**
     * {@inheritDoc}
     *
     * <p>By clusters, 16 near ones of the queries side by side: the more queries, the nearer.
     * Without clusters one after another. Memory as {@link ClusterBatch} says.
     */
    @Override
    public List<RowMatches> topKOfEach(float[][] queries, int k, RowFilter filter) {
        for (float[] query : queries) {
            exact.checkQuery(query);
        }
        checkK(k);
        if (signs == null || k > SearchPlan.K_MAX) {
            return VectorSearch.super.topKOfEach(queries, k, filter);
        }
        PassingRows passing = PassingRows.of(signs.pages(), filter);
        ClusterBatch clusters = byClusters(k, signs.plan(), passing);
        if (fewPass(passing, k) || clusters == null) {
            return VectorSearch.super.topKOfEach(queries, k, filter);
        }
        for (float[] query : queries) {
            sample.offer(query);
        }
        return clusters.topKOfEach(queries);
    }

    private static boolean fewPass(PassingRows passing, int k) {
        return passing.count() <= Math.max(SCORED_ROWS, FEW * StagedSearch.COMPARED * k);
    }

    /** How to search by clusters; null without them, or where all signs are less work. */
    private @Nullable ClusterBatch byClusters(int k, SearchPlan plan, PassingRows passing) {
        if (signs == null
                || signs.clusters() == null
                || plan.clusters() == null
                || k >= passing.count()) {
            return null;
        }
        double share = (double) passing.count() / rowCount();
        // The fewer rows pass, the farther is the k-th best, and the more clusters reach it.
        double read = signs.clusters().count() * plan.clusters().share() / Math.sqrt(share);
        if (passing.keepsBestAway(rowCount())
                && ClusteredSearch.CLUSTER_PAGES * read > NearRows.pages(passing)) {
            return null;
        }
        return new ClusterBatch(signs, plan, bytes, floats, passing, k);
    }

    private static void checkK(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1, but is " + k);
        }
    }

    @Override
    public void forEachInRange(
            float[] query, float minScore, RowFilter filter, MatchConsumer consumer) {
        exact.checkQuery(query);
        if (Float.isNaN(minScore)) {
            throw new IllegalArgumentException("minScore is NaN");
        }
        sample.offer(query, minScore);
        scan(query, PassingRows.of(bytes, filter), new RangeTaker(minScore, consumer));
    }

    /** The true best rows, by int8 codes and their error bounds. */
    RowMatches exactTopK(float[] query, int k, RowFilter filter) {
        return exactTopK(query, k, PassingRows.of(bytes, filter));
    }

    private RowMatches exactTopK(float[] query, int k, PassingRows rows) {
        int most = Math.min(k, Math.max(1, rows.count()));
        if (rows.count() <= SCORED_ROWS) {
            return scoreEach(query, most, rows);
        }
        if (rows.count() <= LISTED_ROWS && rows.count() < SPARSE * rows.words().length) {
            ByteStage stage = new ByteStage(query, bytes, floats, rows.count());
            stage.compare(rows);
            return stage.best(most, ByteStage.CERTAIN);
        }
        BestRows best = new BestRows(most);
        scan(query, rows, best);
        return best.toMatches();
    }

    private RowMatches scoreEach(float[] query, int most, PassingRows rows) {
        BestRows best = new BestRows(most);
        ExactBatch batch = new ExactBatch(query, floats, best);
        rows.forEach(batch::add);
        batch.flush();
        return best.toMatches();
    }

    private void scan(float[] query, PassingRows rows, RowTaker taker) {
        HeadView useful = heads != null && heads.serves(rows) ? heads : null;
        new ByteScan(query, useful, bytes, floats, taker).run(rows);
    }
}
