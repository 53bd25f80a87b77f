package dev.vitrine.index.column;

import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.index.FacetRange;
import dev.vitrine.contracts.index.FacetRangeCount;
import dev.vitrine.contracts.index.FacetRequest;
import dev.vitrine.contracts.index.FacetResult;
import dev.vitrine.contracts.index.FacetSort;
import dev.vitrine.contracts.index.FacetStatistics;
import dev.vitrine.contracts.index.FacetValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Counts the values of fields over a set of ordinals of one view. */
public final class FacetCounter {

    private static final Comparator<FacetValue> BY_COUNT =
            Comparator.comparingInt(FacetValue::count).reversed().thenComparing(FacetValue::value);

    /** Rough number of values that a product has. */
    private static final long VALUES_OF_A_PRODUCT = 64;

    private final ColumnView view;
    private final long[] kept;
    private final int keptCount;

    /**
     * @param kept the set to count over, a subset of the view's products
     */
    public FacetCounter(ColumnView view, long[] kept) {
        this.view = view;
        this.kept = kept;
        this.keptCount = Words.size(kept);
    }

    /**
     * Counts what is asked for, in that order; a name with {@code *} gives several results.
     *
     * @throws FieldException when a field is unknown or is no facet
     */
    public Map<String, FacetResult> count(List<FacetRequest> requests) {
        Map<String, FacetResult> results = new LinkedHashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            FacetRequest request = requests.get(i);
            for (String field : fields(request, "/facets/" + i)) {
                if (!results.containsKey(field)) {
                    results.put(field, count(field, request));
                }
            }
        }
        return results;
    }

    private List<String> fields(FacetRequest request, String pointer) {
        String name = request.name();
        if (name.equals("*")) {
            return view.schema().fields().stream()
                    .filter(field -> field.facet() && !field.pattern())
                    .map(FieldDefinition::name)
                    .toList();
        }
        if (name.endsWith("*")) {
            return bestCovered(name.substring(0, name.length() - 1), request.limit(), pointer);
        }
        FieldDefinition definition = view.schema().resolve(name).orElse(null);
        if (definition == null) {
            throw new FieldException(pointer, "the schema has no field '" + name + "'");
        }
        if (!definition.facet()) {
            throw new FieldException(pointer, "field '" + name + "' is no facet");
        }
        return List.of(name);
    }

    private record Coverage(String field, int count) {}

    /** The facet fields below a prefix that most kept products have, best covered first. */
    private List<String> bestCovered(String prefix, int limit, String pointer) {
        boolean known =
                view.schema().fields().stream()
                        .anyMatch(field ->
                                field.facet()
                                        && (field.prefix().startsWith(prefix)
                                                || (field.pattern()
                                                        && prefix.startsWith(field.prefix()))));
        if (!known) {
            throw new FieldException(
                    pointer, "the schema has no facet field that starts with '" + prefix + "'");
        }
        Comparator<Coverage> best =
                Comparator.comparingInt(Coverage::count).reversed().thenComparing(Coverage::field);
        BestCovered fields = new BestCovered(limit, best);
        // By products each value is looked at once, by columns each word of the kept set is.
        if (keptCount * VALUES_OF_A_PRODUCT < (long) view.columnCount() * keptWords()) {
            coverageByProducts(prefix, fields);
        } else {
            coverageByColumns(prefix, fields);
        }
        return fields.names();
    }

    /** The first few fields of an order. */
    private static final class BestCovered {

        private final int limit;
        private final Comparator<Coverage> order;
        private final PriorityQueue<Coverage> heap;

        BestCovered(int limit, Comparator<Coverage> order) {
            this.limit = limit;
            this.order = order;
            this.heap = new PriorityQueue<>(order.reversed());
        }

        /** Whether a field that at most so many products have cannot be among them. */
        boolean rulesOut(int count) {
            Coverage worst = heap.peek();
            return worst != null && heap.size() == limit && count < worst.count();
        }

        void add(String field, int count) {
            heap.add(new Coverage(field, count));
            if (heap.size() > limit) {
                heap.remove();
            }
        }

        List<String> names() {
            List<Coverage> fields = new ArrayList<>(heap);
            fields.sort(order);
            return fields.stream().map(Coverage::field).toList();
        }
    }

    private int keptWords() {
        int count = 0;
        for (long word : kept) {
            count += word == 0 ? 0 : 1;
        }
        return count;
    }

    private void coverageByProducts(String prefix, BestCovered fields) {
        int[] counts = new int[view.columnCount()];
        Words.forEach(
                kept,
                ordinal -> {
                    StoredProduct product = view.product(ordinal);
                    if (product != null) {
                        for (int column : product.columns()) {
                            counts[column]++;
                        }
                    }
                });
        for (int column = 0; column < counts.length; column++) {
            if (counts[column] > 0
                    && !fields.rulesOut(counts[column])
                    && view.name(column).startsWith(prefix)
                    && view.isFacet(view.name(column))) {
                fields.add(view.name(column), counts[column]);
            }
        }
    }

    private void coverageByColumns(String prefix, BestCovered fields) {
        for (String field : view.facetsBySize()) {
            if (fields.rulesOut(view.sizeOf(field))) {
                // No later column has more values than this one, so none can be covered better.
                return;
            }
            int covered = field.startsWith(prefix) ? covered(field) : 0;
            if (covered > 0) {
                fields.add(field, covered);
            }
        }
    }

    private int covered(String field) {
        Column column = view.column(field);
        if (column == null) {
            return 0;
        }
        int count = 0;
        for (int w = 0; w < kept.length; w++) {
            if (kept[w] != 0) {
                count += Long.bitCount(kept[w] & column.pages().presence(w));
            }
        }
        return count;
    }

    private FacetResult count(String field, FacetRequest request) {
        // The limit of a prefix is a number of fields, not of values.
        int limit = request.name().endsWith("*") ? FacetRequest.DEFAULT_LIMIT : request.limit();
        return switch (view.column(field)) {
            case NumberColumn column -> numbers(column, request.ranges());
            case TermColumn column -> terms(column, limit, request.sort());
            case null ->
                    ColumnStore.isNumeric(view.schema().resolve(field).orElseThrow().type())
                            ? numbers(new NumberColumn(PageView.EMPTY), request.ranges())
                            : new FacetResult(List.of(), 0, keptCount, null, null);
        };
    }

    private FacetResult terms(TermColumn column, int limit, FacetSort sort) {
        int[] bySet = new int[column.setCount()];
        int covered = 0;
        for (int w = 0; w < kept.length; w++) {
            if (kept[w] == 0 || !(column.pages().page(w) instanceof Page.Codes page)) {
                continue;
            }
            long hits = kept[w] & page.presence;
            covered += Long.bitCount(hits);
            for (; hits != 0; hits &= hits - 1) {
                bySet[page.values[page.rank(Long.numberOfTrailingZeros(hits))]]++;
            }
        }
        int[] byTerm = new int[column.termCount()];
        for (int s = 0; s < bySet.length; s++) {
            if (bySet[s] > 0) {
                for (int code : column.sets()[s]) {
                    byTerm[code] += bySet[s];
                }
            }
        }
        return values(column, byTerm, limit, sort, keptCount - covered);
    }

    private static FacetResult values(
            TermColumn column, int[] byTerm, int limit, FacetSort sort, int missing) {
        Comparator<FacetValue> order =
                sort == FacetSort.COUNT ? BY_COUNT : Comparator.comparing(FacetValue::value);
        PriorityQueue<FacetValue> heap = new PriorityQueue<>(order.reversed());
        int sum = 0;
        for (int code = 0; code < byTerm.length; code++) {
            if (byTerm[code] == 0) {
                continue;
            }
            sum += byTerm[code];
            heap.add(new FacetValue(column.terms()[code], byTerm[code]));
            if (heap.size() > limit) {
                heap.remove();
            }
        }
        List<FacetValue> values = new ArrayList<>(heap);
        values.sort(order);
        int shown = values.stream().mapToInt(FacetValue::count).sum();
        return new FacetResult(values, sum - shown, missing, null, null);
    }

    private FacetResult numbers(NumberColumn column, List<FacetRange> ranges) {
        int count = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        int[] inRange = new int[ranges.size()];
        for (int w = 0; w < kept.length; w++) {
            if (kept[w] == 0 || !(column.pages().page(w) instanceof Page.Numbers page)) {
                continue;
            }
            long hits = kept[w] & page.presence;
            count += Long.bitCount(hits);
            for (; hits != 0; hits &= hits - 1) {
                double value = page.values[page.rank(Long.numberOfTrailingZeros(hits))];
                min = Math.min(min, value);
                max = Math.max(max, value);
                sum += value;
                for (int r = 0; r < inRange.length; r++) {
                    inRange[r] += contains(ranges.get(r), value) ? 1 : 0;
                }
            }
        }
        List<FacetRangeCount> counts = new ArrayList<>();
        for (int r = 0; r < inRange.length; r++) {
            counts.add(new FacetRangeCount(ranges.get(r).from(), ranges.get(r).to(), inRange[r]));
        }
        return new FacetResult(
                null,
                0,
                keptCount - count,
                count == 0 ? null : new FacetStatistics(min, max, sum / count, sum, count),
                ranges.isEmpty() ? null : counts);
    }

    private static boolean contains(FacetRange range, double value) {
        Double from = range.from();
        Double to = range.to();
        return (from == null || value >= from) && (to == null || value < to);
    }
}
