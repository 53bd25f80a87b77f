package dev.vitrine.index.execute;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.FieldRole;
import dev.vitrine.contracts.catalog.FieldValues;
import dev.vitrine.contracts.index.Cutoff;
import dev.vitrine.contracts.index.FacetResult;
import dev.vitrine.contracts.index.FilterException;
import dev.vitrine.contracts.index.HighlightSegment;
import dev.vitrine.contracts.index.HitExplanation;
import dev.vitrine.contracts.index.MatchKind;
import dev.vitrine.contracts.index.PlanHit;
import dev.vitrine.contracts.index.PlanResult;
import dev.vitrine.contracts.index.QueryStatistics;
import dev.vitrine.contracts.index.ScoringHead;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.contracts.index.TextQuery;
import dev.vitrine.contracts.index.TotalRelation;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.index.column.BoundedSelection;
import dev.vitrine.index.column.ColumnView;
import dev.vitrine.index.column.Documents;
import dev.vitrine.index.column.FacetCounter;
import dev.vitrine.index.column.FieldException;
import dev.vitrine.index.column.FieldSelection;
import dev.vitrine.index.column.FilterEvaluator;
import dev.vitrine.index.column.OrdinalComparator;
import dev.vitrine.index.column.SortOrder;
import dev.vitrine.index.column.StoredProduct;
import dev.vitrine.index.column.Words;
import dev.vitrine.index.quality.ServedSearch;
import dev.vitrine.index.quality.ServedSearches;
import dev.vitrine.index.text.Highlighter;
import dev.vitrine.index.text.QueryTerms;
import dev.vitrine.index.text.TextMatches;
import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Executes a search plan over one generation. Thread-safe; the calling thread does the work. */
public final class PlanExecutor {

    /*
     * Total, facets, statistics, sort and page are computed over exactly one set, the kept one, and
     * its membership is decided before filters are looked at: the best text score that normalises
     * all others is that of the whole catalogue. So a filter can only take products away from a
     * result, never bring new ones in, and the counts of one page agree with the list of the next.
     */

    /** What puts the score of an exact code over every other. */
    private static final double IDENTIFIER_SCORE = 1_000;

    private static final String BROWSE = "browse";

    private final LongSupplier nanoTime;
    private final Highlighter highlighter;
    private final ServedSearches served;

    /**
     * @param nanoTime clock for {@code tookMicros}
     * @param highlighter finds terms in the products of a page
     * @param served is offered the vector searches
     */
    public PlanExecutor(LongSupplier nanoTime, Highlighter highlighter, ServedSearches served) {
        this.nanoTime = nanoTime;
        this.highlighter = highlighter;
        this.served = served;
    }

    /** The query vector and the rows that it is compared with. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record DenseLeg(VectorSearch rows, float[] query) {}

    /** What the legs found, before filters. */
    private record Found(
            Candidates candidates, QueryTerms terms, QueryStatistics statistics, boolean exact) {}

    /** What of it belongs to the result. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(long[] words, int size, int dropped) {}

    /**
     * The page that a plan asks for.
     *
     * @throws ProblemException when the plan names what the catalogue does not have
     */
    public PlanResult execute(SearchPlan plan, Generation generation, Deadline deadline) {
        long start = nanoTime.getAsLong();
        Deadline limit = deadline.atMost(Duration.ofMillis(plan.limits().timeMillis()));
        try {
            long[] inside = new FilterEvaluator(generation.columns()).evaluate(plan.filter());
            boolean browse = isBrowse(plan);
            Found found = browse ? everything() : find(plan, generation, inside, limit);
            Kept kept =
                    browse
                            ? new Kept(inside, Words.size(inside), 0)
                            : keep(found.candidates(), plan.head(), inside);
            Map<String, FacetResult> facets =
                    new FacetCounter(generation.columns(), kept.words()).count(plan.facets());
            List<PlanHit> hits =
                    browse
                            ? browsePage(plan, generation, kept)
                            : page(plan, generation, found, kept);
            return new PlanResult(
                    hits,
                    kept.size(),
                    found.exact() ? TotalRelation.EXACT : TotalRelation.AT_LEAST,
                    facets,
                    new Cutoff(
                            browse ? BROWSE : plan.head().method(),
                            browse ? 0 : plan.head().threshold(),
                            kept.size(),
                            kept.dropped()),
                    found.statistics(),
                    generation.number(),
                    TimeUnit.NANOSECONDS.toMicros(nanoTime.getAsLong() - start));
        } catch (FilterException e) {
            throw new ProblemException(
                            CommonErrors.FILTER_INVALID,
                            messageOf(e, "the filter cannot be used"),
                            e)
                    .withErrors(
                            List.of(
                                    new FieldError(
                                            "/filter" + e.pointer(),
                                            messageOf(e, "cannot be used"))));
        } catch (FieldException e) {
            throw invalid(e.pointer(), messageOf(e, "cannot be used"));
        }
    }

    private static boolean isBrowse(SearchPlan plan) {
        return plan.text() == null
                && plan.vector() == null
                && plan.likeProduct() == null
                && plan.identifier() == null;
    }

    private static Found everything() {
        return new Found(
                new Candidates(),
                new QueryTerms(List.of()),
                new QueryStatistics(0, 0, 0, 0, 0),
                true);
    }

    /** All text matches, all other rows at or over the floor, and exact codes. */
    private Found find(SearchPlan plan, Generation generation, long[] inside, Deadline deadline) {
        ColumnView columns = generation.columns();
        TextQuery query = plan.text();
        QueryTerms terms = QueryTerms.of(query == null ? "" : query.text());
        TextMatches matches =
                query == null || terms.isEmpty()
                        ? TextMatches.none()
                        : generation
                                .text()
                                .search(
                                        terms,
                                        query.minimumMatch().of(terms.size()),
                                        deadline::expired);
        String identifier = plan.identifier();
        long[] codes =
                identifier == null
                        ? new long[columns.wordCount()]
                        : columns.withIdentifier(identifier);
        int self = likeOrdinal(plan, generation);
        DenseLeg dense = deadline.expired() ? null : denseLeg(plan, generation, self);

        long[] seen = new long[columns.wordCount()];
        if (self >= 0) {
            // A product is never like itself.
            Words.set(seen, self);
        }
        Candidates candidates = new Candidates();
        int max = plan.limits().maxCandidates();
        boolean exact = matches.complete() && matches.size() <= max && !deadline.expired();
        float best = addTextMatches(candidates, matches, codes, seen, generation, dense, max);
        int overFloor = 0;
        if (dense != null && plan.head().semanticFloor() <= 1) {
            float floor = (float) plan.head().semanticFloor();
            RowFilter current = generation.vectors().currentRows();
            RowMatches range = dense.rows().range(dense.query(), floor, current);
            served.offer(() -> {
                long[] passing = new long[inside.length];
                Arrays.setAll(passing, w -> inside[w] & current.word(w));
                return new ServedSearch(dense.rows(), dense.query(), floor, range, passing);
            });
            overFloor = range.size();
            for (int i = 0; i < range.size(); i++) {
                int ordinal = range.ordinal(i);
                best = Math.max(best, ordinal == self ? 0 : range.score(i));
                if (Words.get(seen, ordinal)) {
                    overFloor -= ordinal == self ? 1 : 0;
                } else if (candidates.size() >= max) {
                    exact = false;
                } else {
                    Words.set(seen, ordinal);
                    candidates.add(ordinal, Float.NaN, range.score(i), Words.get(codes, ordinal));
                }
            }
        }
        if (plan.explain() && dense != null && overFloor == 0 && self < 0) {
            // Nobody reached the floor: how near did the nearest come? That is another scan of all
            // rows, for a number that only explanations show.
            RowMatches nearest =
                    dense.rows().topK(dense.query(), 1, generation.vectors().currentRows());
            best = nearest.size() == 0 ? best : Math.max(best, nearest.score(0));
        }
        addCodes(candidates, codes, seen, generation, dense);
        candidates.score(plan.head(), matches.best());
        return new Found(
                candidates,
                terms,
                new QueryStatistics(
                        terms.size(), matches.size(), matches.best(), Math.max(0, best), overFloor),
                exact);
    }

    /** Adds the best text matches with their cosines; the best cosine among them. */
    private static float addTextMatches(
            Candidates candidates,
            TextMatches matches,
            long[] codes,
            long[] seen,
            Generation generation,
            @Nullable DenseLeg dense,
            int max) {
        int[] chosen = new int[Math.min(matches.size(), max)];
        if (matches.size() <= max) {
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = i;
            }
        } else {
            BoundedSelection best =
                    new BoundedSelection(
                            max,
                            (a, b) -> {
                                int byScore = Float.compare(matches.score(b), matches.score(a));
                                return byScore != 0
                                        ? byScore
                                        : Integer.compare(matches.ordinal(a), matches.ordinal(b));
                            });
            for (int i = 0; i < matches.size(); i++) {
                best.offer(i);
            }
            chosen = best.sorted();
        }
        int[] ordinals = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            ordinals[i] = matches.ordinal(chosen[i]);
        }
        float[] cosines = cosines(ordinals, generation, dense);
        float bestCosine = 0;
        for (int i = 0; i < chosen.length; i++) {
            int ordinal = ordinals[i];
            if (Words.get(seen, ordinal)) {
                continue;
            }
            Words.set(seen, ordinal);
            candidates.add(
                    ordinal, matches.score(chosen[i]), cosines[i], Words.get(codes, ordinal));
            if (cosines[i] > bestCosine) {
                bestCosine = cosines[i];
            }
        }
        return bestCosine;
    }

    /** Adds the products that the query names and no leg found. */
    private static void addCodes(
            Candidates candidates,
            long[] codes,
            long[] seen,
            Generation generation,
            @Nullable DenseLeg dense) {
        Words.forEach(
                codes,
                ordinal -> {
                    if (!Words.get(seen, ordinal)) {
                        Words.set(seen, ordinal);
                        float cosine = cosines(new int[] {ordinal}, generation, dense)[0];
                        candidates.add(ordinal, Float.NaN, cosine, true);
                    }
                });
    }

    /** Cosines of the rows that fit their product's text, NaN for the others. */
    private static float[] cosines(
            int[] ordinals, Generation generation, @Nullable DenseLeg dense) {
        float[] cosines;
        if (dense == null) {
            cosines = new float[ordinals.length];
            Arrays.fill(cosines, Float.NaN);
            return cosines;
        }
        cosines = dense.rows().scores(dense.query(), ordinals);
        for (int i = 0; i < ordinals.length; i++) {
            if (!generation.vectors().isCurrent(ordinals[i])) {
                cosines[i] = Float.NaN;
            }
        }
        return cosines;
    }

    private static int likeOrdinal(SearchPlan plan, Generation generation) {
        String id = plan.likeProduct();
        if (id == null) {
            return -1;
        }
        int ordinal = generation.text().ordinal(id);
        if (ordinal < 0) {
            throw new ProblemException(
                    CommonErrors.PRODUCT_NOT_FOUND, "product '" + id + "' is not in the index");
        }
        return ordinal;
    }

    /** Null when there is nothing to compare with. */
    private static @Nullable DenseLeg denseLeg(
            SearchPlan plan, Generation generation, int likeOrdinal) {
        if (likeOrdinal >= 0) {
            return generation
                    .vectors()
                    .searchWith(likeOrdinal)
                    .map(rows -> {
                        float[] query = new float[rows.dimensions()];
                        rows.copyRow(likeOrdinal, query);
                        return new DenseLeg(rows, query);
                    })
                    .orElse(null);
        }
        byte[] bytes = plan.vector();
        if (bytes == null) {
            return null;
        }
        float[] query;
        try {
            query = VectorBytes.decode(bytes);
        } catch (IllegalArgumentException e) {
            throw invalid("/vector", messageOf(e, "no vector"));
        }
        Optional<VectorSearch> rows = generation.vectors().search(plan.model(), query.length);
        if (rows.isEmpty()) {
            return null;
        }
        if (rows.get().dimensions() != query.length) {
            throw invalid(
                    "/vector",
                    "the vector has "
                            + query.length
                            + " dimensions, the rows of its model "
                            + rows.get().dimensions());
        }
        return new DenseLeg(rows.get(), query);
    }

    private static Kept keep(Candidates candidates, ScoringHead head, long[] inside) {
        long[] words = new long[inside.length];
        int size = 0;
        int dropped = 0;
        for (int c = 0; c < candidates.size(); c++) {
            int ordinal = candidates.ordinal(c);
            if (!Words.get(inside, ordinal)) {
                continue;
            }
            if (belongs(candidates, c, head)) {
                Words.set(words, ordinal);
                size++;
            } else {
                dropped++;
            }
        }
        return new Kept(words, size, dropped);
    }

    private static boolean belongs(Candidates candidates, int c, ScoringHead head) {
        if (candidates.isIdentifier(c)) {
            return true;
        }
        boolean found = candidates.isTextMatch(c) || reachesFloor(candidates, c, head);
        return found && probability(candidates.logOdds(c)) >= head.threshold();
    }

    private static boolean reachesFloor(Candidates candidates, int c, ScoringHead head) {
        return candidates.hasCosine(c) && candidates.cosine(c) >= (float) head.semanticFloor();
    }

    private static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    private List<PlanHit> browsePage(SearchPlan plan, Generation generation, Kept kept) {
        int[] page;
        if (plan.sort().isEmpty()) {
            page = slice(kept.words(), plan.offset(), plan.limit());
        } else {
            OrdinalComparator order =
                    SortOrder.of(generation.columns(), plan.sort()).then(Integer::compare);
            BoundedSelection selection = new BoundedSelection(end(plan), order);
            Words.forEach(kept.words(), selection::offer);
            page = after(selection.sorted(), plan.offset());
        }
        FieldSelection fields = new FieldSelection(plan.fields());
        List<PlanHit> hits = new ArrayList<>();
        for (int ordinal : page) {
            StoredProduct product = product(generation, ordinal);
            hits.add(
                    new PlanHit(
                            product.id(),
                            product.version(),
                            0,
                            1,
                            List.of(),
                            fields.of(product),
                            null,
                            null));
        }
        return hits;
    }

    /** The members from the given rank on, by ordinal. */
    private static int[] slice(long[] words, int offset, int limit) {
        int[] ordinals = new int[limit];
        int count = 0;
        int skip = offset;
        for (int w = 0; w < words.length && count < limit; w++) {
            int inWord = Long.bitCount(words[w]);
            if (skip >= inWord) {
                skip -= inWord;
                continue;
            }
            for (long word = words[w]; word != 0 && count < limit; word &= word - 1) {
                if (skip > 0) {
                    skip--;
                } else {
                    ordinals[count++] = (w << 6) + Long.numberOfTrailingZeros(word);
                }
            }
        }
        return Arrays.copyOf(ordinals, count);
    }

    private List<PlanHit> page(SearchPlan plan, Generation generation, Found found, Kept kept) {
        Candidates candidates = found.candidates();
        OrdinalComparator order = candidates::compare;
        if (!plan.sort().isEmpty()) {
            OrdinalComparator byFields = SortOrder.of(generation.columns(), plan.sort());
            OrdinalComparator sorted =
                    (a, b) -> byFields.compare(candidates.ordinal(a), candidates.ordinal(b));
            order = sorted.then(candidates::compare);
        }
        BoundedSelection selection = new BoundedSelection(end(plan), order);
        for (int c = 0; c < candidates.size(); c++) {
            if (Words.get(kept.words(), candidates.ordinal(c))) {
                selection.offer(c);
            }
        }
        FieldSelection fields = new FieldSelection(plan.fields());
        List<PlanHit> hits = new ArrayList<>();
        for (int candidate : after(selection.sorted(), plan.offset())) {
            hits.add(hit(plan, fields, generation, found, candidate));
        }
        return hits;
    }

    private PlanHit hit(
            SearchPlan plan, FieldSelection fields, Generation generation, Found found, int c) {
        Candidates candidates = found.candidates();
        CatalogSchema schema = generation.columns().schema();
        StoredProduct product = product(generation, candidates.ordinal(c));
        Map<String, Object> document =
                plan.highlight() || plan.explain() ? Documents.read(product.document()) : Map.of();
        List<MatchKind> matchedBy = new ArrayList<>();
        if (candidates.isIdentifier(c)) {
            matchedBy.add(MatchKind.IDENTIFIER);
        }
        if (candidates.isTextMatch(c)) {
            matchedBy.add(MatchKind.TEXT);
        }
        if (reachesFloor(candidates, c, plan.head())) {
            matchedBy.add(MatchKind.SEMANTIC);
        }
        Map<String, List<HighlightSegment>> highlight =
                plan.highlight() ? highlighter.highlight(schema, document, found.terms()) : null;
        double logOdds = candidates.logOdds(c);
        return new PlanHit(
                product.id(),
                product.version(),
                candidates.isIdentifier(c) ? logOdds + IDENTIFIER_SCORE : logOdds,
                candidates.isIdentifier(c) ? 1 : probability(logOdds),
                matchedBy,
                fields.of(product),
                highlight,
                plan.explain() ? explain(plan, schema, document, found, c) : null);
    }

    private HitExplanation explain(
            SearchPlan plan,
            CatalogSchema schema,
            Map<String, Object> document,
            Found found,
            int c) {
        Candidates candidates = found.candidates();
        String identifier = plan.identifier();
        return new HitExplanation(
                candidates.isTextMatch(c) ? (double) candidates.bm25(c) : null,
                candidates.text(c, found.statistics().bestBm25()),
                candidates.hasCosine(c) ? (double) candidates.cosine(c) : null,
                candidates.logOdds(c),
                found.terms().isEmpty()
                        ? List.of()
                        : highlighter.matchedTerms(schema, document, found.terms()),
                identifier == null || !candidates.isIdentifier(c)
                        ? null
                        : identifierField(schema, document, FieldValues.identifier(identifier)));
    }

    private static @Nullable String identifierField(
            CatalogSchema schema, Map<String, Object> document, String wanted) {
        for (Map.Entry<String, Object> field : document.entrySet()) {
            boolean identifies =
                    schema.resolve(field.getKey())
                            .map(FieldDefinition::role)
                            .filter(role -> role == FieldRole.IDENTIFIER)
                            .isPresent();
            if (!identifies) {
                continue;
            }
            for (Object value : FieldValues.each(field.getValue())) {
                String text = FieldValues.text(value);
                if (text != null && FieldValues.identifier(text).equals(wanted)) {
                    return field.getKey();
                }
            }
        }
        return null;
    }

    private static StoredProduct product(Generation generation, int ordinal) {
        StoredProduct product = generation.columns().product(ordinal);
        if (product == null) {
            throw new IllegalStateException(
                    "generation " + generation.number() + " has no product " + ordinal);
        }
        return product;
    }

    private static int end(SearchPlan plan) {
        return (int) Math.min(Integer.MAX_VALUE, (long) plan.offset() + plan.limit());
    }

    private static int[] after(int[] sorted, int offset) {
        return offset >= sorted.length
                ? new int[0]
                : Arrays.copyOfRange(sorted, offset, sorted.length);
    }

    private static ProblemException invalid(String pointer, String message) {
        return new ProblemException(CommonErrors.INVALID_REQUEST, message)
                .withErrors(List.of(new FieldError(pointer, message)));
    }

    private static String messageOf(Exception e, String otherwise) {
        String message = e.getMessage();
        return message == null ? otherwise : message;
    }
}
