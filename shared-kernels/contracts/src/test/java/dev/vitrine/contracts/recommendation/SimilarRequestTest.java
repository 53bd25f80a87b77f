package dev.vitrine.contracts.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.json.JsonMapper;

final class SimilarRequestTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** As in every other request: whoever reads a body answers a fault in it as the caller's. */
    @Test
    void nullAmongTheFields_isNoRequest() {
        assertThatThrownBy(() -> JSON.readValue("{\"fields\":[null]}", SimilarRequest.class))
                .isInstanceOf(DatabindException.class)
                .hasMessageContaining("a list must not contain null");
    }

    @Test
    void fields_mayBeThereOrNot() {
        assertThat(JSON.readValue("{\"fields\":[\"title\"]}", SimilarRequest.class).fields())
                .containsExactly("title");
        assertThat(JSON.readValue("{}", SimilarRequest.class).fields()).isNull();
    }
}
