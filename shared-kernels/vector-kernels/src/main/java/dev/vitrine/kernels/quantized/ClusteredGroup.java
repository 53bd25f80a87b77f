package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.paged.PagedRows;
import java.util.Arrays;
import java.util.List;

/**
 * Top-k searches by clusters that go side by side, one thread: what they read of centroids and
 * clusters is read for all of them while it is in the nearest cache. Each meets its clusters in the
 * order in which it would alone, so it finds the same.
 *
 * <p>Holds 4 bytes for each search and 8 more for each cluster: 1.3 MB for 16 searches of 1,000,000
 * rows.
 */
final class ClusteredGroup {

    /** Most searches of a group: with more, their bounds outgrow the second-level cache. */
    static final int SEARCHES = 16;

    private final ClusterView clusters;
    private final ClusteredSearch[] searches;

    /** Of each cluster, bit i if search i is to read it. */
    private final int[] marks;

    private final int[] marked;

    /**
     * @param searches 1 to {@link #SEARCHES}
     */
    ClusteredGroup(ClusterView clusters, ClusteredSearch... searches) {
        this.clusters = clusters;
        this.searches = searches;
        this.marks = new int[clusters.centroids().pageCount() << PagedRows.PAGE_SHIFT];
        this.marked = new int[marks.length];
    }

    /** What each of them finds, in their order. */
    List<RowMatches> topK() {
        for (int p = 0; p < clusters.centroids().pageCount(); p++) {
            for (ClusteredSearch search : searches) {
                search.bound(p);
            }
        }
        for (ClusteredSearch search : searches) {
            search.begin();
        }
        for (int p = 0; p < clusters.centroids().pageCount(); p++) {
            for (ClusteredSearch search : searches) {
                search.refine(p);
            }
        }
        // Those that promise most tell a higher floor, which most of the others do not reach.
        for (int i = 0; i < searches.length; i++) {
            searches[i].markBest(1 << i, marks);
        }
        readMarked();
        for (int i = 0; i < searches.length; i++) {
            searches[i].markAll(1 << i, marks);
        }
        readMarked();
        return Arrays.stream(searches).map(ClusteredSearch::best).toList();
    }

    /** Reads the clusters that are marked, in the order of memory. */
    private void readMarked() {
        int count = 0;
        for (int c = 0; c < marks.length; c++) {
            if (marks[c] != 0) {
                marked[count++] = c;
            }
        }
        for (int i = 0; i < count; i++) {
            int cluster = marked[i];
            int next = marked[Math.min(i + 1, count - 1)];
            for (int left = marks[cluster]; left != 0; left &= left - 1) {
                searches[Integer.numberOfTrailingZeros(left)].read(cluster, next);
            }
            marks[cluster] = 0;
        }
        for (ClusteredSearch search : searches) {
            search.raiseFloor();
        }
    }
}
