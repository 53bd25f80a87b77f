package dev.vitrine.benchmarks.vectors.peer;

import dev.vitrine.benchmarks.vectors.VectorIndex.Setting;
import java.util.ArrayList;
import java.util.List;

/** All settings of all engines: what is built, and what is turned at search time. */
final class PeerSettings {

    /*
     * Graphs: both degrees that the peers' own documents speak of. Note that Lucene's M counts links
     * on the upper layers and allows twice as many on the lowest, JVector's counts those of the
     * lowest: M 16 of Lucene is M 32 of JVector.
     */
    static final List<Integer> DEGREES = List.of(16, 32);

    static final int BUILD_BREADTH = 100;

    /** JVector's own defaults for in-memory graphs. */
    static final float JVECTOR_OVERFLOW = 1.2f;

    static final float JVECTOR_ALPHA = 1.2f;

    /** Components of a sub-vector; every sub-vector is a byte. */
    static final List<Integer> PQ_COMPONENTS = List.of(4);

    static final int PQ_CLUSTERS = 256;

    /** Candidates of a graph search with exact scores. */
    private static final int[] BREADTHS = {10, 15, 22, 32, 48, 72, 110, 170, 260, 400, 640};

    /** Candidates of a graph search over codes; more, as codes order less well. */
    private static final int[] CODE_BREADTHS = {20, 30, 45, 70, 110, 170, 260, 400, 640, 1_000};

    /** Recall that our engine is asked to plan for; each is an index of its own. */
    static final List<Double> TARGETS =
            List.of(.88, .90, .92, .935, .95, .96, .97, .98, .985, .99, .995);

    /**
     * Of a pgvector session: the graph is walked whatever the planner thinks of it (a scan would
     * have to sort), one process works for one search, and a statement is planned once.
     */
    static final List<String> PGVECTOR_SESSION =
            List.of(
                    "enable_sort = off",
                    "jit = off",
                    "max_parallel_workers_per_gather = 0",
                    "plan_cache_mode = force_generic_plan");

    /** What a row's links take in pgvector's memory while the graph is built, for each of M. */
    static final int PGVECTOR_LINK_BYTES = 48;

    /** Every row that passes a filter is scored: what graphs are left for under a narrow one. */
    static final Setting SCAN = new Setting("scan", Integer.MAX_VALUE, 0);

    /** Of a scan of codes the best so many are scored again. */
    private static final int[] SCAN_RESCORED = {10, 20, 40};

    private PeerSettings() {}

    /** Whether rows are scored one after another, without a graph. */
    static boolean isScan(Setting setting) {
        return setting.breadth() == SCAN.breadth();
    }

    /** Scans of codes whose best rows are scored again with floats. */
    static List<Setting> rescoredScans() {
        List<Setting> settings = new ArrayList<>();
        for (int rescored : SCAN_RESCORED) {
            settings.add(new Setting("scan rescore=" + rescored, SCAN.breadth(), rescored));
        }
        return settings;
    }

    /** A graph whose scores need no second look. */
    static List<Setting> plain() {
        List<Setting> settings = new ArrayList<>();
        for (int breadth : BREADTHS) {
            settings.add(new Setting("ef=" + breadth, breadth, 0));
        }
        return settings;
    }

    /**
     * A graph over codes. With much breadth not every candidate is worth a look at its floats: the
     * best half and the best quarter of the list are tried beside all of it.
     */
    static List<Setting> rescored() {
        List<Setting> settings = new ArrayList<>();
        for (int breadth : CODE_BREADTHS) {
            for (int part : new int[] {1, 2, 4}) {
                int rescored = breadth / part;
                if (rescored >= 20) {
                    settings.add(
                            new Setting(
                                    "ef=" + breadth + " rescore=" + rescored, breadth, rescored));
                }
            }
        }
        return settings;
    }

    /** A graph over codes, all candidates looked at again: the only way JVector offers. */
    static List<Setting> allRescored() {
        return rescored().stream()
                .filter(setting -> setting.rescored() == setting.breadth())
                .toList();
    }

    /** Codes of 8 bits order well enough to be trusted as they are, too. */
    static List<Setting> plainAndRescored() {
        List<Setting> settings = new ArrayList<>(plain());
        settings.addAll(rescored());
        return settings;
    }
}
