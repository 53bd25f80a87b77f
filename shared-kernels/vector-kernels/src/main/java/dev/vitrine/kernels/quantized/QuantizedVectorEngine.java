package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.blockfile.UnusableFileException;
import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.exact.ExactSearch;
import dev.vitrine.kernels.exact.FloatRows;
import dev.vitrine.kernels.exact.FloatRowsView;
import dev.vitrine.kernels.paged.StoredPages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps float rows, their int8 codes and, once there are enough rows, their heads and sign codes.
 *
 * <p>Ranges and scores are exact at all times. Top-k is exact while there are few rows; from {@link
 * #EXACT_ROWS} on {@link #tend} learns rotations, encodes all rows and finds the margins that reach
 * the target recall.
 *
 * <p>Changes and {@link #tend} may come from any thread. One change at a time is applied; they wait
 * for microseconds at most while {@link #tend} works.
 */
public final class QuantizedVectorEngine implements VectorEngine {

    /** Up to so many rows, comparing all int8 codes takes tens of microseconds: no stages. */
    public static final int EXACT_ROWS = 4_096;

    private final int exactRows;
    private final Clustering clustering;
    private final int ordinalsMax;
    private final double targetRecall;
    private final FloatRows floats;
    private final ByteCodeRows bytes;
    private final QuerySample sample = new QuerySample();
    private final ReentrantLock tending = new ReentrantLock();

    private @Nullable LearnedRows learned;
    private @Nullable SearchPlan plan;

    /** In the making. */
    private @Nullable LearnedRows next;

    private long changes;
    private long changesLearned;
    private long rangesLearned;
    private long changesPlanned;
    private long queriesPlanned;

    /**
     * The view and how old its codes are: {@link #tend} changes that before a view has its codes.
     */
    private volatile EngineSnapshot published;

    /**
     * Creates an empty engine.
     *
     * @param dimensions number of components of every row
     * @param ordinalsMax ordinals from 0 to one below it are accepted; bounds the memory
     * @param targetRecall share of the true best rows that top-k is to find on average, over 0 to 1
     */
    public QuantizedVectorEngine(int dimensions, int ordinalsMax, double targetRecall) {
        this(dimensions, ordinalsMax, targetRecall, EXACT_ROWS, Clustering.MEASURED);
    }

    QuantizedVectorEngine(
            int dimensions,
            int ordinalsMax,
            double targetRecall,
            int exactRows,
            Clustering clustering) {
        this(
                new FloatRows(dimensions, ordinalsMax),
                new ByteCodeRows(dimensions, ordinalsMax, StoredPages.none()),
                ordinalsMax,
                targetRecall,
                exactRows,
                clustering);
    }

    private QuantizedVectorEngine(
            FloatRows floats,
            ByteCodeRows bytes,
            int ordinalsMax,
            double targetRecall,
            int exactRows,
            Clustering clustering) {
        if (!(targetRecall > 0 && targetRecall <= 1)) {
            throw new IllegalArgumentException(
                    "targetRecall must be over 0 and at most 1, but is " + targetRecall);
        }
        this.exactRows = exactRows;
        this.clustering = clustering;
        this.ordinalsMax = ordinalsMax;
        this.targetRecall = targetRecall;
        this.floats = floats;
        this.bytes = bytes;
        this.published = new EngineSnapshot(view(null, null), targetRecall, tended());
    }

    /**
     * Opens an engine from the file of an {@link EngineSnapshot}, as it was then: it searches the
     * mapped file and can be changed; what is changed is copied first, the file stays as it is.
     *
     * <p>Header, directory, sign codes, clusters and what was learned are checked at once, every
     * other block before it is first read: whatever method meets a damaged one throws an {@link
     * UnusableFileException}. {@link #verify} finds out beforehand. The file may be deleted or
     * replaced by another, but must not be written or cut.
     *
     * <p>What the file lacks is learned by {@link #tend}, as in an engine that was filled: codes
     * and plan where there were none, the plan alone where it was found for another recall.
     *
     * @param dimensions number of components of every row; a file with others is refused
     * @param ordinalsMax as for a new engine; a file with a higher ordinal is refused
     * @param targetRecall as for a new engine
     * @throws UnusableFileException when the file is damaged, of another format or does not fit
     * @throws IOException when it cannot be read
     */
    public static QuantizedVectorEngine open(
            Path path, int dimensions, int ordinalsMax, double targetRecall) throws IOException {
        return open(path, dimensions, ordinalsMax, targetRecall, EXACT_ROWS, Clustering.MEASURED);
    }

    static QuantizedVectorEngine open(
            Path path,
            int dimensions,
            int ordinalsMax,
            double targetRecall,
            int exactRows,
            Clustering clustering)
            throws IOException {
        StoredEngine stored = StoredEngine.open(path, dimensions, ordinalsMax);
        QuantizedVectorEngine engine =
                new QuantizedVectorEngine(
                        stored.floats(),
                        stored.bytes(),
                        ordinalsMax,
                        targetRecall,
                        exactRows,
                        clustering);
        engine.begin(stored);
        return engine;
    }

    private synchronized void begin(StoredEngine stored) {
        learned = stored.learned(floats);
        plan = stored.plan(targetRecall);
        Tended tended = stored.tended();
        changesLearned = -tended.changesSinceLearned();
        rangesLearned = tended.rangesLearned();
        changesPlanned = -tended.changesSincePlanned();
        queriesPlanned = tended.queriesPlanned();
        publish();
    }

    /**
     * Reads and checks all blocks of the file that this engine was opened from; it takes as long as
     * reading the file. Changes and searches go on meanwhile. Afterwards nothing is left to be
     * found damaged, and the next {@link #publish} makes a view like that of any engine.
     *
     * @throws UnusableFileException when a block is damaged: then this engine is worth nothing
     */
    public void verify() {
        QuantizedSearch all;
        synchronized (this) {
            // Also heads that no view has yet; signs and clusters were read by open.
            all = learned == null ? current() : view(HeadView.of(learned.heads()), null);
        }
        all.readAll();
        synchronized (this) {
            floats.settle();
            bytes.settle();
            if (learned != null) {
                learned.settle();
            }
        }
    }

    /** What was published last, to be written to a file. */
    public EngineSnapshot snapshot() {
        return published;
    }

    private synchronized Tended tended() {
        return new Tended(
                changes - changesLearned, rangesLearned, changes - changesPlanned, queriesPlanned);
    }

    @Override
    public int dimensions() {
        return floats.dimensions();
    }

    @Override
    public synchronized void put(int ordinal, float[] vector) {
        floats.check(ordinal, vector);
        // Memory runs out here, before the first change, or not at all.
        floats.prepare(ordinal);
        bytes.prepare(ordinal);
        if (learned != null) {
            learned.prepare(ordinal, vector);
        }
        if (next != null) {
            next.prepare(ordinal, vector);
        }
        floats.put(ordinal, vector);
        bytes.put(ordinal, vector);
        if (learned != null) {
            learned.put(ordinal, vector);
        }
        if (next != null) {
            next.put(ordinal, vector);
        }
        changes++;
    }

    @Override
    public synchronized boolean remove(int ordinal) {
        if (!floats.remove(ordinal)) {
            return false;
        }
        bytes.remove(ordinal);
        if (learned != null) {
            learned.remove(ordinal);
        }
        if (next != null) {
            next.remove(ordinal);
        }
        changes++;
        return true;
    }

    @Override
    public synchronized QuantizedSearch publish() {
        QuantizedSearch view =
                learned == null || plan == null || fewRows()
                        ? view(null, null)
                        : view(HeadView.of(learned.heads()), SignView.of(learned, plan));
        published = new EngineSnapshot(view, targetRecall, tended());
        return view;
    }

    private synchronized boolean fewRows() {
        return floats.publish().rowCount() <= exactRows;
    }

    @Override
    public QuantizedSearch current() {
        return published.view();
    }

    /**
     * Does the background work that is due: learns and encodes anew when half of the rows have
     * changed since or when five times as many ranges are known, finds the plan anew when a quarter
     * has changed or when twice as many queries are known. It may take seconds; changes and
     * searches go on meanwhile. At most one thread works, others return at once. What fails, as
     * when memory runs out, leaves everything as it was and stays due.
     */
    @Override
    public boolean tend() {
        if (!tending.tryLock()) {
            return false;
        }
        try {
            return learnIfDue() || planIfDue();
        } finally {
            tending.unlock();
        }
    }

    @Override
    public synchronized String describe() {
        return learned == null || plan == null || fewRows()
                ? "exact, by int8 codes and their error bounds"
                : String.format(
                        Locale.ROOT,
                        "ranges by heads of %d of %d dimensions; top-k by %d-bit signs, target recall"
                                + " %s; %s",
                        learned.heads().encoder().directions(),
                        dimensions(),
                        learned.signs().encoder().words() * Long.SIZE,
                        targetRecall,
                        plan.describe());
    }

    private boolean learnIfDue() {
        List<QuerySample.Range> ranges = sample.ranges();
        FloatRowsView rows;
        long begun;
        synchronized (this) {
            rows = floats.publish();
            boolean due =
                    learned == null
                            || changes - changesLearned >= rows.rowCount() / 2
                            || ranges.size() >= 4 * rangesLearned + PlanFinder.QUERIES_MIN;
            if (rows.rowCount() <= exactRows || !due) {
                return false;
            }
            begun = changes;
        }
        LearnedRows fresh = LearnedRows.learn(rows, ranges, ordinalsMax, floats, clustering);
        synchronized (this) {
            // From here on changes go into both.
            rows = floats.publish();
            next = fresh;
        }
        try {
            fresh.fill(rows);
            Planned found = plan(fresh);
            synchronized (this) {
                changesLearned = begun;
                rangesLearned = ranges.size();
                adopt(fresh, found);
                // Here, or a put in between would go twice into the same codes.
                next = null;
            }
            return found.plan() != null;
        } finally {
            synchronized (this) {
                next = null;
            }
        }
    }

    private boolean planIfDue() {
        LearnedRows codes;
        synchronized (this) {
            codes = learned;
            boolean due =
                    plan == null
                            || changes - changesPlanned >= Math.max(1, current().rowCount() / 4)
                            || sample.taken() >= 2 * queriesPlanned + PlanFinder.QUERIES_MIN;
            if (codes == null || !due || fewRows()) {
                return false;
            }
        }
        Planned found = plan(codes);
        synchronized (this) {
            adopt(codes, found);
        }
        return found.plan() != null;
    }

    /**
     * A plan, null if rows went meanwhile and too few were left to find one, and how many changes
     * and queries there were when it was begun.
     */
    private record Planned(@Nullable SearchPlan plan, long changes, long queries) {}

    private void adopt(LearnedRows codes, Planned found) {
        plan = found.plan();
        boolean useful = plan == null || plan.clusters() != null || clustering == Clustering.ALWAYS;
        learned = useful ? codes : codes.withoutClusters();
        changesPlanned = found.changes();
        queriesPlanned = found.queries();
    }

    private Planned plan(LearnedRows codes) {
        SignView signView;
        QuantizedSearch view;
        long begun;
        long queries;
        synchronized (this) {
            begun = changes;
            queries = sample.taken();
            signView = SignView.of(codes, SearchPlan.UNKNOWN);
            view = view(HeadView.of(codes.heads()), signView);
        }
        SearchPlan found =
                view.rowCount() <= exactRows
                        ? null
                        : new PlanFinder(view, signView, targetRecall, clustering)
                                .find(sample.queries());
        return new Planned(found, begun, queries);
    }

    private synchronized QuantizedSearch view(@Nullable HeadView heads, @Nullable SignView signs) {
        FloatRowsView rows = floats.publish();
        return new QuantizedSearch(
                new ExactSearch(rows), rows.pages(), bytes.publish(), heads, signs, sample);
    }
}
