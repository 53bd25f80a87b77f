package dev.vitrine.index.text;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BlendedTermQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/**
 * Queries for single forms of terms in one reader, each with its place in every field and segment
 * looked up: shoppers use the same words again and again, and looking them up was 11 % of a search
 * (RATIONALE.md). Thread-safe.
 */
final class FormQueries {

    /**
     * How much of a term's score in further fields is added to that in its best one. Measured from
     * 0.1 to 0.4 on the demo catalogue with hardly a difference; 0 and 1 are worse (RATIONALE.md).
     */
    private static final float FURTHER_FIELDS = 0.4f;

    /** Some 2 KB each, reckoned from fields and segments. */
    private static final int FORMS = 4_096;

    private final IndexSearcher searcher;
    private final Map<String, Float> weights;
    private final LoadingCache<String, Query> known =
            Caffeine.newBuilder()
                    .maximumSize(FORMS)
                    .executor(Runnable::run) // its upkeep is less work than waking a thread for it
                    .build(this::lookUp);

    private FormQueries(IndexSearcher searcher, Map<String, Float> weights) {
        this.searcher = searcher;
        this.weights = weights;
    }

    /** Only fields that some product has: others have no statistics to blend. */
    static FormQueries over(IndexSearcher searcher, Map<String, Float> all) throws IOException {
        Map<String, Float> present = new TreeMap<>();
        for (Map.Entry<String, Float> field : all.entrySet()) {
            if (searcher.collectionStatistics(field.getKey()) != null) {
                present.put(field.getKey(), field.getValue());
            }
        }
        return new FormQueries(searcher, present);
    }

    IndexSearcher searcher() {
        return searcher;
    }

    /** Whether no product has text. */
    boolean isEmpty() {
        return weights.isEmpty();
    }

    /** One form in whichever field it stands, best field first; its rarity is that over all. */
    Query of(String form) {
        return known.get(form);
    }

    private Query lookUp(String form) {
        BlendedTermQuery.Builder query = new BlendedTermQuery.Builder();
        weights.forEach((field, weight) -> query.add(new Term(field, form), weight));
        query.setRewriteMethod(new BlendedTermQuery.DisjunctionMaxRewrite(FURTHER_FIELDS));
        try {
            return searcher.rewrite(query.build());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the text index", e);
        }
    }
}
