package dev.vitrine.benchmarks.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.servicekit.WireJson;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class QuestionsTest {

    private static final Path DEMO =
            Path.of("../standalone/src/main/resources/demo/electronics/products.ndjson.gz");

    @Test
    void areDistinctAndAlwaysTheSame() throws Exception {
        List<Product> products = ProductFile.read(DEMO);

        List<Question> questions = Questions.from(products, 30_000);

        assertThat(questions.stream().map(Question::text).collect(Collectors.toSet()))
                .hasSize(30_000);
        assertThat(questions).noneMatch(question -> question.text().isBlank());
        assertThat(questions).noneMatch(question -> question.supplier().isBlank());
        // A shorter list is the beginning of a longer one.
        assertThat(Questions.from(products, 100)).isEqualTo(questions.subList(0, 100));
    }

    @Test
    void saysWhenTheProductsAreTooFew() {
        ObjectNode document = WireJson.mapper().createObjectNode();
        document.put("title", "pen").put("supplier", "bic").put("category", "Ink");

        assertThatThrownBy(() -> Questions.from(List.of(new Product("1", document)), 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 products give only 3 queries");
    }
}
