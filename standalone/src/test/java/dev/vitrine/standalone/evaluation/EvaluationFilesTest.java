package dev.vitrine.standalone.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.vitrine.recommender.algorithm.Occasion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationFilesTest {
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    @TempDir private Path folder = Path.of("");

    @Test
    void read_dirtyLines_areLeftOut() throws Exception {
        Path file =
                write(
                        HEADER
                                + line("1", "85123A", 6, "2.55")
                                + line("1", "71053", 1, "1")
                                + line("1", "85123A", 2, "2.55")
                                + line("1", "POST", 1, "9")
                                + line("1", "84406", -1, "2")
                                + line("1", "84407", 1, "0")
                                + line("1", "84408", 1, "dear")
                                + "1,84409\n"
                                + line("C2", "84406", -3, "2"));
        assertThat(RetailBaskets.read(file))
                .containsExactly(
                        new Occasion(
                                "1",
                                Instant.parse("2011-09-01T08:26:00Z"),
                                List.of("85123A", "71053")));
    }

    @Test
    void read_otherColumns_isAnError() throws Exception {
        Path file = write("a,b\n1,2\n");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> RetailBaskets.read(file));
    }

    @Test
    void hideOne_sha256_picksTheSamePlaceEachTime() {
        // SHA-256 of "1" is 6b86b273...5b4b; modulo 3 it is 0, see `printf 1 | sha256sum`.
        NextItemCase hidden =
                RetailBaskets.hideOne(new Occasion("1", Instant.EPOCH, List.of("a", "b", "c")));
        assertThat(hidden).isEqualTo(new NextItemCase(List.of("b", "c"), "a"));
    }

    @Test
    void run_learnableBaskets_areCompleted() throws Exception {
        StringBuilder lines = new StringBuilder(HEADER);
        for (int i = 0; i < 60; i++) {
            int pair = 10 * (i % 6);
            String month = i < 30 ? "2011-07" : i < 50 ? "2011-09" : "2011-10";
            lines.append(line("i" + i, "100" + (10 + pair), 1, "1", month + "-02"));
            lines.append(line("i" + i, "100" + (11 + pair), 1, "1", month + "-02"));
        }
        Map<String, NextItemResult> results =
                BasketEvaluation.run(write(lines.toString()), LocalDate.parse("2011-10-01"));
        assertThat(results).containsOnlyKeys("bought-together", "item-knn", "popular");
        NextItemResult together = Optional.ofNullable(results.get("bought-together")).orElseThrow();
        assertThat(together.quality().cases()).isEqualTo(10);
        assertThat(together.quality().hr10()).isEqualTo(1);
        assertThat(together.quality().mrr20()).isEqualTo(1);
        assertThat(BasketEvaluation.best(results)).isNotEmpty();
    }

    @Test
    void sessions_smallFiles_arePredicted() throws Exception {
        Path train = folder.resolve("train.txt");
        Files.writeString(train, "1 2 3\n4 5 6\n".repeat(40));
        Path test = folder.resolve("test.tsv");
        Files.writeString(test, "1 2\t3\n4\t5\n");
        Map<String, NextItemResult> results =
                SessionEvaluation.run(train, test, SessionEvaluation.modelNames());
        assertThat(results).containsOnlyKeys("session-knn", "v-sknn", "popular");
        assertThat(results.values())
                .allSatisfy(result -> {
                    assertThat(result.quality().cases()).isEqualTo(2);
                    assertThat(result.quality().hr20()).isEqualTo(1);
                });
        assertThatNoException().isThrownBy(() -> SessionEvaluation.best(results));
        Files.writeString(test, "no tab\n");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SessionEvaluation.run(train, test, List.of("popular")));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("events.csv"), text);
    }

    private static String line(String invoice, String code, int quantity, String price) {
        return line(invoice, code, quantity, price, "2011-09-01");
    }

    private static String line(
            String invoice, String code, int quantity, String price, String day) {
        return "%s,%s,\"THING, SMALL\",%d,%s 08:26:00,%s,,United Kingdom\n"
                .formatted(invoice, code, quantity, day, price);
    }
}
