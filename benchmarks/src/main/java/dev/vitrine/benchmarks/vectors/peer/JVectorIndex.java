package dev.vitrine.benchmarks.vectors.peer;

import dev.vitrine.benchmarks.vectors.RowFile;
import dev.vitrine.benchmarks.vectors.RowSubset;
import dev.vitrine.benchmarks.vectors.VectorIndex;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.quantization.PQVectors;
import io.github.jbellis.jvector.quantization.ProductQuantization;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** JVector's graph in memory, over floats or over product codes with exact scores at the end. */
public final class JVectorIndex implements VectorIndex {

    private static final VectorSimilarityFunction DOT = VectorSimilarityFunction.DOT_PRODUCT;
    private static final VectorTypeSupport TYPES =
            VectorizationProvider.getInstance().getVectorTypeSupport();

    private final List<VectorFloat<?>> vectors;
    private final RandomAccessVectorValues rows;
    private final GraphIndexBuilder builder;
    private final ImmutableGraphIndex graph;
    private final int degree;
    private final @Nullable PQVectors codes;
    private final double buildSeconds;

    private JVectorIndex(
            List<VectorFloat<?>> vectors,
            RandomAccessVectorValues rows,
            GraphIndexBuilder builder,
            ImmutableGraphIndex graph,
            int degree,
            @Nullable PQVectors codes,
            double buildSeconds) {
        this.vectors = vectors;
        this.rows = rows;
        this.builder = builder;
        this.graph = graph;
        this.degree = degree;
        this.codes = codes;
        this.buildSeconds = buildSeconds;
    }

    /** Copies the rows into JVector's own memory; shared by the indexes over them. */
    public static List<VectorFloat<?>> copy(RowFile file) {
        List<VectorFloat<?>> vectors = new ArrayList<>(file.count());
        for (int i = 0; i < file.count(); i++) {
            vectors.add(TYPES.createFloatVector(file.row(i)));
        }
        return vectors;
    }

    /** Builds a graph over exact scores, on all cores. */
    public static JVectorIndex build(List<VectorFloat<?>> vectors, int degree) {
        int dimensions = vectors.getFirst().length();
        long from = System.nanoTime();
        RandomAccessVectorValues rows = new ListRandomAccessVectorValues(vectors, dimensions);
        GraphIndexBuilder builder =
                GraphIndexBuilder.builder(
                                BuildScoreProvider.randomAccessScoreProvider(rows, DOT),
                                dimensions,
                                // A degree for the upper layers makes it have some.
                                List.of(degree, degree))
                        .withBeamWidth(PeerSettings.BUILD_BREADTH)
                        .withNeighborOverflow(PeerSettings.JVECTOR_OVERFLOW)
                        .withAlpha(PeerSettings.JVECTOR_ALPHA)
                        .build();
        ImmutableGraphIndex graph = builder.build(rows);
        return new JVectorIndex(
                vectors, rows, builder, graph, degree, null, (System.nanoTime() - from) / 1e9);
    }

    /**
     * The same graph, walked over product codes. Built over exact scores, which gives the better
     * graph; the time of both counts.
     *
     * @param components of a sub-vector
     */
    public JVectorIndex withProductCodes(int components) {
        long from = System.nanoTime();
        ProductQuantization quantization =
                ProductQuantization.compute(
                        rows, rows.dimension() / components, PeerSettings.PQ_CLUSTERS, false);
        PQVectors encoded = quantization.encodeAll(rows, ForkJoinPool.commonPool());
        return new JVectorIndex(
                vectors,
                rows,
                builder,
                graph,
                degree,
                encoded,
                buildSeconds + (System.nanoTime() - from) / 1e9);
    }

    @Override
    public String engine() {
        return "jvector";
    }

    @Override
    public String variant() {
        return variant(degree, codes);
    }

    static String variant(int degree, @Nullable PQVectors encoded) {
        return "vamana M="
                + degree
                + (encoded == null ? " float" : " PQ " + encoded.getCompressedSize() + " bytes");
    }

    @Override
    public double buildSeconds() {
        return buildSeconds;
    }

    @Override
    public List<Setting> settings() {
        return codes == null ? PeerSettings.plain() : PeerSettings.allRescored();
    }

    @Override
    public Searcher searcher(Setting setting, RowSubset filter) {
        GraphSearcher searcher = new GraphSearcher(graph);
        Bits bits = filter.words() == null ? Bits.ALL : filter::contains;
        return (query, k) -> {
            VectorFloat<?> vector = TYPES.createFloatVector(query);
            SearchResult result =
                    searcher.search(scores(vector), k, Math.max(k, setting.breadth()), 0, 0, bits);
            SearchResult.NodeScore[] nodes = result.getNodes();
            int[] ordinals = new int[nodes.length];
            for (int i = 0; i < nodes.length; i++) {
                ordinals[i] = nodes[i].node;
            }
            return ordinals;
        };
    }

    private SearchScoreProvider scores(VectorFloat<?> query) {
        PQVectors encoded = codes;
        return encoded == null
                ? DefaultSearchScoreProvider.exact(query, DOT, rows)
                : new DefaultSearchScoreProvider(
                        encoded.precomputedScoreFunctionFor(query, DOT),
                        rows.rerankerFor(query, DOT));
    }

    @Override
    public OptionalDouble replace(int[] ordinals, float[][] fresh) {
        if (codes != null) {
            return OptionalDouble.empty();
        }
        long from = System.nanoTime();
        for (int i = 0; i < ordinals.length; i++) {
            builder.markNodeDeleted(ordinals[i]);
            VectorFloat<?> vector = TYPES.createFloatVector(fresh[i]);
            vectors.add(vector);
            builder.addGraphNode(vectors.size() - 1, vector);
        }
        builder.cleanup();
        return OptionalDouble.of(ordinals.length / ((System.nanoTime() - from) / 1e9));
    }

    @Override
    public void close() throws IOException {
        builder.close();
    }
}
