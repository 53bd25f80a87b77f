package dev.vitrine.benchmarks.vectors.peer;

import dev.vitrine.benchmarks.vectors.RowSubset;
import dev.vitrine.benchmarks.vectors.VectorIndex.Searcher;
import dev.vitrine.benchmarks.vectors.VectorIndex.Setting;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.DocAndFloatFeatureBuffer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.search.knn.KnnSearchStrategy;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * A k-NN search keeps as many candidates as it returns: it is asked for the breadth, the best of
 * that are scored again with their floats if so set, and the list is cut. A scan scores all rows
 * that pass, as Lucene's k-NN query does where a filter leaves few.
 */
final class LuceneSearcher implements Searcher {

    private final LeafReader leaf;
    private final Setting setting;
    private final @Nullable FixedBitSet filter;

    LuceneSearcher(LeafReader leaf, Setting setting, RowSubset filter) {
        this.leaf = leaf;
        this.setting = setting;
        long[] words = filter.words();
        this.filter = words == null ? null : new FixedBitSet(words, leaf.maxDoc());
    }

    @Override
    public int[] search(float[] query, int k) throws IOException {
        ScoreDoc[] found =
                PeerSettings.isScan(setting)
                        ? scan(query, Math.max(k, setting.rescored()))
                        : walk(query, Math.max(k, setting.breadth()));
        if (setting.rescored() > 0) {
            found = rescore(query, found, Math.max(k, setting.rescored()));
        }
        int[] ordinals = new int[Math.min(k, found.length)];
        for (int i = 0; i < ordinals.length; i++) {
            ordinals[i] = found[i].doc;
        }
        return ordinals;
    }

    private ScoreDoc[] walk(float[] query, int breadth) throws IOException {
        TopKnnCollector collector = collector(breadth);
        leaf.searchNearestVectors(LuceneIndex.VECTOR, query, collector, accepted());
        return collector.topDocs().scoreDocs;
    }

    private ScoreDoc[] scan(float[] query, int count) throws IOException {
        TopKnnCollector collector = collector(count);
        VectorScorer.Bulk scorer =
                leaf.getFloatVectorValues(LuceneIndex.VECTOR)
                        .scorer(query)
                        .bulk(accepted().iterator());
        DocAndFloatFeatureBuffer scored = new DocAndFloatFeatureBuffer();
        while (true) {
            float best = scorer.nextDocsAndScores(DocIdSetIterator.NO_MORE_DOCS, null, scored);
            if (scored.size == 0) {
                return collector.topDocs().scoreDocs;
            }
            if (best >= collector.minCompetitiveSimilarity()) {
                for (int i = 0; i < scored.size; i++) {
                    collector.collect(scored.docs[i], scored.features[i]);
                }
            }
        }
    }

    private static TopKnnCollector collector(int count) {
        return new TopKnnCollector(count, Integer.MAX_VALUE, KnnSearchStrategy.Hnsw.DEFAULT);
    }

    private AcceptDocs accepted() {
        FixedBitSet bits = filter;
        return bits == null
                ? AcceptDocs.fromLiveDocs(null, leaf.maxDoc())
                : AcceptDocs.fromIteratorSupplier(
                        () -> new BitSetIterator(bits, bits.approximateCardinality()),
                        null,
                        leaf.maxDoc());
    }

    private ScoreDoc[] rescore(float[] query, ScoreDoc[] found, int most) throws IOException {
        ScoreDoc[] best = found.length > most ? Arrays.copyOf(found, most) : found;
        // In the order of the file; the scorer goes forward only.
        Arrays.sort(best, (a, b) -> Integer.compare(a.doc, b.doc));
        VectorScorer scorer = leaf.getFloatVectorValues(LuceneIndex.VECTOR).rescorer(query);
        DocIdSetIterator rows = scorer.iterator();
        for (ScoreDoc hit : best) {
            rows.advance(hit.doc);
            hit.score = scorer.score();
        }
        Arrays.sort(best, (a, b) -> Float.compare(b.score, a.score));
        return best;
    }
}
