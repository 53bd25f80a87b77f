package dev.vitrine.index.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.servicekit.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What a key may be, and when two requests are the same one. */
class RequestKeyTest {

    @Test
    void of_quotesAndBlanksAround_areNotOfTheKey() {
        assertThat(key(" \"a-1\" ", "x").key()).isEqualTo("a-1");
        assertThat(key("a-1", "x")).isEqualTo(key("\"a-1\"", "x"));
        assertThat(RequestKey.of(null, "t", List.of("x"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"\"", "a b", "ä", "a\tb"})
    void of_whatIsNoKey_isRefused(String header) {
        assertThatThrownBy(() -> key(header, "x"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> {
                            assertThat(problem.code().code()).isEqualTo("INVALID_PARAMETER");
                            assertThat(problem.errors().getFirst().pointer())
                                    .isEqualTo("Idempotency-Key");
                        });
    }

    @Test
    void of_longestKey_isTakenAndNoLongerOne() {
        assertThat(key("k".repeat(255), "x").key()).hasSize(255);
        assertThatThrownBy(() -> key("k".repeat(256), "x")).isInstanceOf(ProblemException.class);
    }

    @Test
    void fingerprint_partsThatRunIntoEachOther_areApart() {
        assertThat(key("k", "ab", "c").fingerprint())
                .isNotEqualTo(key("k", "a", "bc").fingerprint())
                .isEqualTo(key("other", "ab", "c").fingerprint());
    }

    @Test
    void properties_defaultsAndNames() {
        assertThat(bind(Map.of())).isEqualTo(new IdempotencyProperties(Duration.ofHours(24)));
        assertThat(bind(Map.of("x.keep", "1h")))
                .isEqualTo(new IdempotencyProperties(Duration.ofHours(1)));
    }

    private static RequestKey key(String header, String... parts) {
        return RequestKey.of(header, "t", List.of(parts)).orElseThrow();
    }

    private static IdempotencyProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("x", IdempotencyProperties.class);
    }
}
