package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.SignBlock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Top-k searches of one view by its clusters, of one query or many.
 *
 * <p>Many are taken in the order of their nearest clusters, some at a time: near queries read the
 * same clusters, int8 codes and rows. Beside the results that takes 20 bytes a query, and the
 * memory of one {@link ClusteredGroup}. Unchanging, for any number of threads.
 *
 * @param signs with clusters
 * @param plan with one for clusters
 * @param passing rows that a filter lets pass
 * @param k rows to find, of more that pass
 */
record ClusterBatch(
        SignView signs,
        SearchPlan plan,
        PagedView<BytePage> bytes,
        PagedView<NativeRows> floats,
        PassingRows passing,
        int k) {

    /** Rows whose int8 codes are compared, about. */
    private static final int COMPARED = 256;

    RowMatches topK(float[] query) {
        return new ClusteredGroup(clusters(), search(query)).topK().getFirst();
    }

    /** The same for each query, in their order. */
    List<RowMatches> topKOfEach(float[][] queries) {
        int[] order = byNearestClusters(queries);
        RowMatches[] results = new RowMatches[queries.length];
        for (int from = 0; from < order.length; from += ClusteredGroup.SEARCHES) {
            int to = Math.min(order.length, from + ClusteredGroup.SEARCHES);
            ClusteredSearch[] group = new ClusteredSearch[to - from];
            for (int i = from; i < to; i++) {
                group[i - from] = search(queries[order[i]]);
            }
            List<RowMatches> found = new ClusteredGroup(clusters(), group).topK();
            for (int i = from; i < to; i++) {
                results[order[i]] = found.get(i - from);
            }
        }
        return List.of(results);
    }

    private ClusterView clusters() {
        return Objects.requireNonNull(signs.clusters());
    }

    private ClusteredSearch search(float[] query) {
        RotatedQuery rotated = signs.encoder().rotate(query);
        return new ClusteredSearch(
                clusters(),
                signs.encoder().query(rotated),
                rotated.planes(),
                Objects.requireNonNull(plan.clusters()),
                new ByteStage(query, bytes, floats, COMPARED),
                passing,
                signs.pages().rowCount(),
                k,
                () -> new StagedSearch(query, signs, bytes, floats, plan, passing).topK(k));
    }

    /**
     * Numbers of the queries in the order of the page of clusters that is about nearest to each.
     */
    private int[] byNearestClusters(float[][] queries) {
        SignBlock[] samples = samples();
        long[] distances = new long[SignBlock.ROWS];
        long[] keys = new long[queries.length];
        for (int q = 0; q < queries.length; q++) {
            SignQuery query = signs.encoder().query(queries[q]);
            long least = Long.MAX_VALUE;
            int nearest = 0;
            for (int b = 0; b < samples.length; b++) {
                CodeMath.distances(query.signs(), query.large(), samples[b], distances);
                for (int i = 0; i < SignBlock.ROWS; i++) {
                    if (distances[i] < least) {
                        least = distances[i];
                        nearest = b * SignBlock.ROWS + i;
                    }
                }
            }
            keys[q] = (long) nearest << Integer.SIZE | q;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    /** One centroid of each page: clusters of a page are near each other. */
    private SignBlock[] samples() {
        PagedView<CentroidPage> centroids = clusters().centroids();
        int pages = centroids.pageCount();
        SignBlock[] samples = new SignBlock[Math.ceilDiv(pages, SignBlock.ROWS)];
        Arrays.setAll(samples, b -> SignBlock.allocate(signs.encoder().words()));
        long[] code = new long[signs.encoder().words()];
        for (int p = 0; p < pages; p++) {
            CentroidPage page = centroids.page(p);
            if (page != null) {
                page.signs().get(0, code);
                samples[p / SignBlock.ROWS].set(p % SignBlock.ROWS, code);
            }
        }
        return samples;
    }
}
