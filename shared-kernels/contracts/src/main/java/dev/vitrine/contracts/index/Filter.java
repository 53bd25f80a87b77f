package dev.vitrine.contracts.index;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * A condition on the attributes of a product. Values are texts; the type of the field in the schema
 * says how they are read. Both notations are read by {@link FilterParser}.
 */
@JsonSerialize(using = FilterSerializer.class)
@JsonDeserialize(using = FilterDeserializer.class)
public sealed interface Filter {

    /** All conditions hold; at least one. */
    record And(List<Filter> conditions) implements Filter {
        public And {
            conditions = List.copyOf(conditions);
        }
    }

    /** At least one condition holds. */
    record Or(List<Filter> conditions) implements Filter {
        public Or {
            conditions = List.copyOf(conditions);
        }
    }

    /** The condition does not hold; a missing value makes a comparison not hold. */
    record Not(Filter condition) implements Filter {}

    /** A value of the field equals one of these. */
    record In(String field, List<String> values) implements Filter {
        public In {
            values = List.copyOf(values);
        }
    }

    /**
     * A value of the field lies between the bounds; null leaves a side open.
     *
     * @param fromInclusive whether a value equal to {@code from} fits
     * @param toInclusive whether a value equal to {@code to} fits
     */
    record Range(
            String field,
            @Nullable String from,
            boolean fromInclusive,
            @Nullable String to,
            boolean toInclusive)
            implements Filter {
        public Range {
            fromInclusive &= from != null;
            toInclusive &= to != null;
        }
    }

    /** The product has a value in the field. */
    record Exists(String field) implements Filter {}
}
