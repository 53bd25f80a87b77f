package dev.vitrine.index.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermQuery;

/**
 * The text index as of one generation; unchanging, for any number of threads, until it is closed by
 * whoever published it.
 */
public final class TextView implements AutoCloseable {

    /** Matches between two looks at the clock. */
    private static final int CHECK_EVERY = 1_024;

    private final DirectoryReader reader;
    private final FormQueries forms;
    private final AtomicBoolean open = new AtomicBoolean(true);

    /** Takes over one reference to the reader. */
    TextView(DirectoryReader reader, FormQueries forms) {
        this.reader = reader;
        this.forms = forms;
    }

    DirectoryReader reader() {
        return reader;
    }

    /** Number of products. */
    public int size() {
        return reader.numDocs();
    }

    /**
     * All products that hold at least so many of the terms, with their scores.
     *
     * <p>BM25 across fields: a term counts as matched in whichever field it stands; its score is
     * that of its best field, times the field's weight, and a part of those of the others.
     *
     * @param minimumMatch terms that must match, 1 or more
     * @param expired asked now and then; true ends the search with what was found
     */
    public TextMatches search(QueryTerms terms, int minimumMatch, BooleanSupplier expired) {
        TextMatches matches = new TextMatches();
        if (terms.isEmpty() || forms.isEmpty()) {
            return matches;
        }
        try {
            forms.searcher()
                    .search(query(terms, minimumMatch), new Sole(new Collecting(matches, expired)));
        } catch (OutOfTime e) {
            matches.cutShort();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the text index", e);
        }
        return matches;
    }

    /** The ordinal of a product; -1 when this generation does not know it. */
    public int ordinal(String id) {
        try {
            int[] found = {-1};
            forms.searcher()
                    .search(
                            new TermQuery(new Term(TextIndex.ID, id)),
                            new Sole(
                                    new OrdinalCollector() {
                                        @Override
                                        void found(int ordinal) {
                                            found[0] = ordinal;
                                        }
                                    }));
            return found[0];
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the text index", e);
        }
    }

    private Query query(QueryTerms terms, int minimumMatch) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (QueryTerms.Term term : terms.terms()) {
            query.add(query(term), BooleanClause.Occur.SHOULD);
        }
        query.setMinimumNumberShouldMatch(Math.min(minimumMatch, terms.size()));
        return query.build();
    }

    private Query query(QueryTerms.Term term) {
        Query whole = forms.of(term.whole());
        if (term.parts().isEmpty()) {
            return whole;
        }
        BooleanQuery.Builder parts = new BooleanQuery.Builder();
        term.parts().stream()
                .distinct()
                .forEach(part -> parts.add(forms.of(part), BooleanClause.Occur.MUST));
        return new DisjunctionMaxQuery(List.of(whole, parts.build()), 0);
    }

    /** Releases the files of this generation; no search may run any more. */
    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            try {
                // Views of equal content share a reader, each of them one reference to it.
                reader.decRef();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close the text index", e);
            }
        }
    }

    /** Ends a search from within; carries nothing. */
    private static final class OutOfTime extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OutOfTime() {
            super("out of time", null, false, false);
        }
    }

    /** Searches run on the calling thread, so that one collector suffices. */
    private record Sole(Collector collector) implements CollectorManager<Collector, Collector> {

        @Override
        public Collector newCollector() {
            return collector;
        }

        @Override
        public Collector reduce(Collection<Collector> collectors) {
            return collector;
        }
    }

    /** Turns documents of segments into ordinals. */
    private abstract static class OrdinalCollector extends SimpleCollector {

        private NumericDocValues ordinals = new NoValues();

        abstract void found(int ordinal) throws IOException;

        @Override
        protected void doSetNextReader(LeafReaderContext context) throws IOException {
            ordinals = context.reader().getNumericDocValues(TextIndex.ORDINAL);
        }

        @Override
        public void collect(int doc) throws IOException {
            if (ordinals.advanceExact(doc)) {
                found((int) ordinals.longValue());
            }
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }

    private static final class Collecting extends OrdinalCollector {

        private final TextMatches matches;
        private final BooleanSupplier expired;
        private Scorable scorer = new NoScore();

        Collecting(TextMatches matches, BooleanSupplier expired) {
            this.matches = matches;
            this.expired = expired;
        }

        @Override
        public void setScorer(Scorable scorer) {
            this.scorer = scorer;
        }

        @Override
        void found(int ordinal) throws IOException {
            if (matches.size() % CHECK_EVERY == CHECK_EVERY - 1 && expired.getAsBoolean()) {
                throw new OutOfTime();
            }
            matches.add(ordinal, scorer.score());
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE;
        }
    }

    /** Before the first segment. */
    private static final class NoScore extends Scorable {

        @Override
        public float score() {
            return 0;
        }
    }

    /** Before the first segment. */
    private static final class NoValues extends NumericDocValues {

        @Override
        public long longValue() {
            throw new IllegalStateException("no segment yet");
        }

        @Override
        public boolean advanceExact(int target) {
            return false;
        }

        @Override
        public int docID() {
            return NO_MORE_DOCS;
        }

        @Override
        public int nextDoc() {
            return NO_MORE_DOCS;
        }

        @Override
        public int advance(int target) {
            return NO_MORE_DOCS;
        }

        @Override
        public long cost() {
            return 0;
        }
    }
}
