package dev.vitrine.contracts.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a hit got its relevance.
 *
 * @param bm25 raw text score, or null without a text match
 * @param text text score normalised by the best of the query, 0 to 1
 * @param cosine cosine of query and product, or null without either vector
 * @param logOdds what the head made of both
 * @param terms query terms that matched, as analysed
 * @param identifierField field whose value equals the whole query, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HitExplanation(
        @Nullable Double bm25,
        double text,
        @Nullable Double cosine,
        double logOdds,
        List<String> terms,
        @Nullable String identifierField) {

    public HitExplanation {
        terms = List.copyOf(terms);
    }
}
