package dev.vitrine.retrieval.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contracts.index.Cutoff;
import dev.vitrine.contracts.index.FacetResult;
import dev.vitrine.contracts.index.FacetValue;
import dev.vitrine.contracts.index.MatchKind;
import dev.vitrine.contracts.index.PlanHit;
import dev.vitrine.contracts.index.PlanResult;
import dev.vitrine.contracts.index.QueryStatistics;
import dev.vitrine.contracts.index.TotalRelation;
import dev.vitrine.contracts.retrieval.SearchResponse;
import dev.vitrine.servicekit.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShardAnswerTest {

    private static final PlanResult RESULT =
            new PlanResult(
                    List.of(
                            new PlanHit(
                                    "a/1",
                                    3,
                                    1.5,
                                    0.75,
                                    List.of(MatchKind.TEXT),
                                    Map.of("title", "\"ünï\" {,}"),
                                    null,
                                    null)),
                    7,
                    TotalRelation.EXACT,
                    Map.of(
                            "brand",
                            new FacetResult(List.of(new FacetValue("x", 7)), 0, 0, null, null)),
                    new Cutoff("fixed", 0.25, 7, 2),
                    new QueryStatistics(2, 7, 3, 0.5, 1),
                    41,
                    1_234);

    @Test
    void isWhatTheContractSaysByteForByte() {
        assertThat(response(true)).isEqualTo(WireJson.write(expected(RESULT.statistics())));
        assertThat(response(false)).isEqualTo(WireJson.write(expected(null)));
    }

    @Test
    void readsOverWhatItDoesNotKnow() {
        String later =
                new String(WireJson.write(RESULT), StandardCharsets.UTF_8)
                        .replaceFirst("\\{", "{\"new\":[{\"hits\":0}],");

        assertThat(
                        new ShardAnswer(later.getBytes(StandardCharsets.UTF_8))
                                .response("q", false, 5, List.of("embedding")))
                .isEqualTo(WireJson.write(expected(null)));
    }

    @Test
    void refusesAnAnswerWithoutHits() {
        assertThatThrownBy(() -> new ShardAnswer("{\"total\":1}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hits");
    }

    private static byte[] response(boolean explain) {
        return new ShardAnswer(WireJson.write(RESULT))
                .response("q", explain, 5, List.of("embedding"));
    }

    private static SearchResponse expected(@Nullable QueryStatistics statistics) {
        return new SearchResponse(
                "q",
                RESULT.hits(),
                RESULT.total(),
                RESULT.totalRelation(),
                RESULT.facets(),
                RESULT.cutoff(),
                statistics,
                RESULT.generation(),
                5,
                List.of("embedding"));
    }
}
