package dev.vitrine.contracts.index;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field whose values are to be counted over the kept set. In JSON either an object or just the
 * name.
 *
 * @param name field; {@code *} = every facet field of the schema that is no pattern; a name that
 *     ends in {@code *} = the fields below that prefix that most kept products have
 * @param limit most values (or, for a prefix, most fields), 1 to 1,000
 * @param ranges intervals to count, for numbers and dates
 * @param sort order of the values
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FacetRequest(String name, int limit, List<FacetRange> ranges, FacetSort sort) {

    /** Values of a facet unless asked otherwise. */
    public static final int DEFAULT_LIMIT = 20;

    /** Most values of a facet. */
    public static final int MAX_LIMIT = 1_000;

    public FacetRequest {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a facet needs a name");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("facet limit must be 1 to " + MAX_LIMIT);
        }
        ranges = List.copyOf(ranges);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static FacetRequest of(String name) {
        return new FacetRequest(name, DEFAULT_LIMIT, List.of(), FacetSort.COUNT);
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public static FacetRequest of(
            @JsonProperty(value = "name", required = true) String name,
            @JsonProperty("limit") @Nullable Integer limit,
            @JsonProperty("ranges") @Nullable List<FacetRange> ranges,
            @JsonProperty("sort") @Nullable FacetSort sort) {
        return new FacetRequest(
                name,
                limit == null ? DEFAULT_LIMIT : limit,
                ranges == null ? List.of() : ranges,
                sort == null ? FacetSort.COUNT : sort);
    }
}
