package dev.vitrine.retrieval.plan;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.contracts.index.FacetRequest;
import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.index.FilterException;
import dev.vitrine.contracts.index.FilterParser;
import dev.vitrine.contracts.index.SortKey;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.contracts.retrieval.SearchMode;
import dev.vitrine.contracts.retrieval.SearchRequest;
import dev.vitrine.retrieval.query.Query;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemAdvice;
import dev.vitrine.servicekit.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks one request against one schema and collects every fault. Used once, by one thread. */
final class SearchChecker {

    static final int DEFAULT_LIMIT = 20;
    static final int MAX_LIMIT = 250;
    static final int MAX_DEPTH = 10_000;
    static final int MAX_SORT_KEYS = 5;
    static final int MAX_FACETS = 50;
    static final int MAX_RANGES = 100;
    static final int MAX_FIELDS = 200;
    static final int MAX_TIMEOUT_MILLIS = 30_000;
    static final int MAX_ERRORS = 20;

    private final SearchRequest request;
    private final CatalogSchema schema;
    private final List<FieldError> errors = new ArrayList<>();
    private boolean filterWrong;

    SearchChecker(SearchRequest request, CatalogSchema schema) {
        this.request = request;
        this.schema = schema;
    }

    CheckedSearch check(Query query) {
        int limit = request.limit() == null ? DEFAULT_LIMIT : request.limit();
        int offset = request.offset() == null ? 0 : request.offset();
        checkPage(limit, offset);
        Integer timeout = request.timeoutMs();
        if (timeout != null && (timeout < 1 || timeout > MAX_TIMEOUT_MILLIS)) {
            fault("/timeoutMs", "must be 1 to " + MAX_TIMEOUT_MILLIS);
        }
        CheckedSearch checked =
                new CheckedSearch(
                        query,
                        request.mode() == null ? SearchMode.HYBRID : request.mode(),
                        filter(),
                        facets(),
                        sort(),
                        offset,
                        limit,
                        fields(),
                        Boolean.TRUE.equals(request.highlight()),
                        Boolean.TRUE.equals(request.explain()));
        if (!errors.isEmpty()) {
            boolean onlyFilter = filterWrong && errors.size() == 1;
            throw new ProblemException(
                            onlyFilter ? CommonErrors.FILTER_INVALID : CommonErrors.INVALID_REQUEST,
                            errors.getFirst().pointer() + ": " + errors.getFirst().message())
                    .withErrors(errors);
        }
        return checked;
    }

    private void checkPage(int limit, int offset) {
        if (limit < 0 || limit > MAX_LIMIT) {
            fault("/limit", "must be 0 to " + MAX_LIMIT);
        }
        if (offset < 0) {
            fault("/offset", "must not be negative");
        } else if ((long) offset + limit > MAX_DEPTH) {
            fault("/offset", "offset + limit must be at most " + MAX_DEPTH);
        }
    }

    private @Nullable List<String> fields() {
        List<String> fields = request.fields();
        if (fields == null) {
            return null;
        }
        limitSize("/fields", fields.size(), MAX_FIELDS);
        // Stored fields that the schema does not know may be asked for, so names are not checked.
        List<String> names = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i);
            if (missing(name)) {
                fault("/fields/" + i, "expected a field name");
            } else {
                names.add(name);
            }
        }
        return names;
    }

    private List<SortKey> sort() {
        List<String> sort = request.sort();
        if (sort == null) {
            return List.of();
        }
        limitSize("/sort", sort.size(), MAX_SORT_KEYS);
        List<SortKey> keys = new ArrayList<>();
        for (int i = 0; i < sort.size(); i++) {
            sortKey("/sort/" + i, sort.get(i)).ifPresent(keys::add);
        }
        return keys;
    }

    /** {@code price}, {@code price:asc}, {@code price:desc} or {@code -price}. */
    private Optional<SortKey> sortKey(String pointer, @Nullable String text) {
        if (text == null || text.isBlank()) {
            fault(pointer, "expected a field name");
            return Optional.empty();
        }
        String field = text.strip();
        boolean descending = field.startsWith("-");
        if (descending) {
            field = field.substring(1);
        } else if (field.endsWith(":desc")) {
            descending = true;
            field = field.substring(0, field.length() - ":desc".length());
        } else if (field.endsWith(":asc")) {
            field = field.substring(0, field.length() - ":asc".length());
        }
        Optional<FieldDefinition> definition = known(pointer, field);
        if (definition.isPresent() && !definition.get().sortable()) {
            fault(pointer, "field '" + field + "' is not sortable");
            return Optional.empty();
        }
        String name = field;
        boolean largestFirst = descending;
        return definition.map(found -> new SortKey(name, largestFirst));
    }

    private List<FacetRequest> facets() {
        List<FacetRequest> facets = request.facets();
        if (facets == null) {
            return List.of();
        }
        limitSize("/facets", facets.size(), MAX_FACETS);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < facets.size(); i++) {
            FacetRequest facet = facets.get(i);
            String pointer = "/facets/" + i;
            if (isNull(facet)) {
                fault(pointer, "expected a field name or an object with name");
            } else if (!names.add(facet.name())) {
                fault(pointer, "facet '" + facet.name() + "' is asked for twice");
            } else {
                checkFacet(pointer, facet);
            }
        }
        return errors.isEmpty() ? facets : List.of();
    }

    private void checkFacet(String pointer, FacetRequest facet) {
        limitSize(pointer + "/ranges", facet.ranges().size(), MAX_RANGES);
        if (facet.name().endsWith("*")) {
            if (!facet.ranges().isEmpty()) {
                fault(pointer + "/ranges", "ranges belong to one field, not to a pattern");
            }
            checkFacetPrefix(pointer, facet.name());
            return;
        }
        Optional<FieldDefinition> definition = known(pointer, facet.name());
        if (definition.isEmpty()) {
            return;
        }
        if (!definition.get().facet()) {
            fault(pointer, "field '" + facet.name() + "' is not a facet");
        } else if (!facet.ranges().isEmpty() && !ordered(definition.get().type())) {
            fault(
                    pointer + "/ranges",
                    "field '" + facet.name() + "' is neither a number nor a date");
        }
    }

    private void checkFacetPrefix(String pointer, String name) {
        String prefix = name.substring(0, name.length() - 1);
        boolean any =
                prefix.isEmpty()
                        || schema.fields().stream()
                                .filter(FieldDefinition::facet)
                                .anyMatch(field ->
                                        field.prefix().startsWith(prefix)
                                                || (field.pattern()
                                                        && prefix.startsWith(field.prefix())));
        if (!any) {
            fault(pointer, "no facet field starts with '" + prefix + "'");
        }
    }

    private @Nullable Filter filter() {
        JsonNode node = request.filter();
        if (node == null
                || node.isNull()
                || node.isMissingNode()
                || (node.isString() && node.stringValue().isBlank())) {
            return null;
        }
        int before = errors.size();
        Filter filter = null;
        try {
            filter = FilterParser.parse(node);
            checkFilter(filter, node, "/filter");
        } catch (FilterException wrong) {
            errors.add(ProblemAdvice.filterError(wrong));
        }
        filterWrong = errors.size() > before;
        return filter;
    }

    /**
     * Walks the parsed filter beside the JSON it came from, so that a fault points to its place; in
     * the string notation every fault points to {@code /filter} and names the field.
     */
    private void checkFilter(Filter filter, JsonNode node, String pointer) {
        switch (filter) {
            case Filter.And and -> checkAll(and.conditions(), node, pointer, "and");
            case Filter.Or or -> checkAll(or.conditions(), node, pointer, "or");
            case Filter.Not not -> {
                JsonNode inner = node.get("not");
                if (inner == null) {
                    // "!=" is written as one condition and read as a negated one.
                    checkFilter(not.condition(), node, pointer);
                } else {
                    checkFilter(not.condition(), inner, pointer + "/not");
                }
            }
            case Filter.In in ->
                    filterable(in.field(), node, pointer)
                            .ifPresent(field -> checkValues(field, in, node, pointer));
            case Filter.Range range ->
                    filterable(range.field(), node, pointer)
                            .ifPresent(field -> checkRange(field, range, node, pointer));
            case Filter.Exists exists -> {
                // Only the field can be wrong.
                Optional<FieldDefinition> _ = filterable(exists.field(), node, pointer);
            }
        }
    }

    private void checkAll(List<Filter> conditions, JsonNode node, String pointer, String name) {
        JsonNode parts = node.get(name);
        for (int i = 0; i < conditions.size(); i++) {
            if (parts == null) {
                checkFilter(conditions.get(i), node, pointer);
            } else {
                checkFilter(conditions.get(i), parts.get(i), pointer + "/" + name + "/" + i);
            }
        }
    }

    private Optional<FieldDefinition> filterable(String field, JsonNode node, String pointer) {
        String place = node.isObject() ? pointer + "/field" : pointer;
        Optional<FieldDefinition> definition = known(place, field);
        if (definition.isPresent() && !definition.get().filterable()) {
            fault(place, "field '" + field + "' is not filterable");
            return Optional.empty();
        }
        return definition;
    }

    private void checkValues(FieldDefinition field, Filter.In in, JsonNode node, String pointer) {
        boolean list = node.has("values");
        for (int i = 0; i < in.values().size(); i++) {
            String place =
                    list
                            ? pointer + "/values/" + i
                            : node.isObject() ? pointer + "/value" : pointer;
            checkValue(field, in.field(), in.values().get(i), place);
        }
    }

    private void checkRange(
            FieldDefinition field, Filter.Range range, JsonNode node, String pointer) {
        if (!ordered(field.type())) {
            fault(
                    node.isObject() ? pointer + "/op" : pointer,
                    "field '" + range.field() + "' is neither a number nor a date");
            return;
        }
        boolean bounds = node.has("from") || node.has("to");
        String single = node.isObject() ? pointer + "/value" : pointer;
        if (range.from() != null) {
            checkValue(field, range.field(), range.from(), bounds ? pointer + "/from" : single);
        }
        if (range.to() != null) {
            checkValue(field, range.field(), range.to(), bounds ? pointer + "/to" : single);
        }
    }

    private void checkValue(FieldDefinition field, String name, String value, String pointer) {
        Optional<String> expected = FilterValues.fault(field.type(), value);
        expected.ifPresent(what ->
                fault(
                        pointer,
                        "field '" + name + "' needs " + what + ", not '" + shorten(value) + "'"));
    }

    private Optional<FieldDefinition> known(String pointer, String field) {
        Optional<FieldDefinition> definition =
                field.endsWith("*") ? Optional.empty() : schema.resolve(field);
        if (definition.isEmpty()) {
            fault(pointer, "the catalogue has no field '" + shorten(field) + "'");
        }
        return definition;
    }

    private void limitSize(String pointer, int size, int most) {
        if (size > most) {
            fault(pointer, "has at most " + most + " entries");
        }
    }

    /** A body of a megabyte may have faults enough for an answer many times its size. */
    private void fault(String pointer, String message) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(new FieldError(pointer, message));
        }
    }

    private static boolean ordered(FieldType type) {
        return type == FieldType.NUMBER || type == FieldType.DATE;
    }

    private static String shorten(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }

    /** Lists out of JSON may hold nulls whatever their type says. */
    private static boolean isNull(@Nullable Object value) {
        return value == null;
    }

    private static boolean missing(@Nullable String value) {
        return value == null || value.isBlank();
    }
}
