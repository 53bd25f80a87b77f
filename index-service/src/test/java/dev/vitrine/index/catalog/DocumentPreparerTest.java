package dev.vitrine.index.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.WireJson;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class DocumentPreparerTest {

    private static final DocumentProperties LIMITS =
            new DocumentProperties(DataSize.ofKilobytes(512), 10, 2000, 65_536, 30);

    private final DocumentReader reader = new DocumentReader(LIMITS);

    @Test
    void check_longNamesAndNumbers_areRefusedBeforeOthersCannotReadThem() {
        assertThat(reader.check(Map.of("n".repeat(1_000), new BigDecimal("1." + "2".repeat(300)))))
                .hasSize(1);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reader.check(Map.of("n".repeat(1_001), "a")))
                .withMessage("the name of a field is longer than 1000 characters");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() ->
                        reader.check(Map.of("price", new BigDecimal("1." + "2".repeat(1_000)))))
                .withMessage("the number has more than 380 digits");
    }

    @Test
    void prepare_orderOfMembers_changesNoHash() {
        DocumentPreparer preparer = preparer("{title}");
        PreparedDocument one = prepare(preparer, "{\"title\":\"a\",\"x\":{\"p\":1,\"q\":2}}");
        PreparedDocument two = prepare(preparer, "{\"x\":{\"q\":2,\"p\":1},\"title\":\"a\"}");
        assertThat(two.contentHash()).isEqualTo(one.contentHash());
        assertThat(two.textHash()).isEqualTo(one.textHash());
        assertThat(two.json()).isNotEqualTo(one.json());
    }

    @Test
    void prepare_hash_isThatOfTheContract() {
        // sha256("abc") begins with these 16 bytes (FIPS 180-2, appendix B.1).
        assertThat(prepare(preparer("{title}"), "{\"title\":\"abc\"}").semanticHash())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223");
    }

    @Test
    void semanticText_absentFieldsWhiteSpaceListsAndLength() {
        DocumentPreparer preparer = preparer("{brand}: {title} ({tags})");
        assertThat(
                        prepare(preparer, "{\"title\":\"a\\n  b\",\"tags\":[\"x\",\"y\"]}")
                                .semanticText())
                .isEqualTo(": a b (x y)");
        assertThat(prepare(preparer, "{\"price\":1}").semanticText()).isEmpty();
        assertThat(prepare(preparer, "{\"title\":\"" + "z".repeat(50) + "\"}").semanticText())
                .hasSize(30);
    }

    @Test
    void prepare_unsearchableChange_leavesTextHash() {
        DocumentPreparer preparer = preparer("{title}");
        PreparedDocument one = prepare(preparer, "{\"title\":\"a\",\"price\":1}");
        assertThat(prepare(preparer, "{\"title\":\"a\",\"price\":2}").textHash())
                .isEqualTo(one.textHash());
        assertThat(prepare(preparer, "{\"title\":\"b\",\"price\":1}").textHash())
                .isNotEqualTo(one.textHash());
    }

    @Test
    void prepareAgain_documentThatTypesMakeTooLarge_stays() {
        // Seven bytes each as numbers, nine as texts.
        Map<String, Object> document = Map.of("tags", Collections.nCopies(70_000, 100_000));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> preparer("{title}").prepare(document))
                .withMessage("a product may have 512 kB as JSON");
        assertThat(preparer("{title}").prepareAgain(document).json())
                .startsWith("{\"tags\":[100000,");
    }

    @Test
    void prepareAgain_valueThatNoLongerFits_stays() {
        DocumentPreparer preparer = preparer("{title}");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> prepare(preparer, "{\"price\":\"cheap\"}"));
        assertThat(preparer.prepareAgain(Map.of("price", "cheap")).json())
                .isEqualTo("{\"price\":\"cheap\"}");
    }

    @Test
    void mergePatch_examplesOfTheRfc() {
        // RFC 7396, appendix A, as far as both sides are objects.
        assertThat(patch("{\"a\":\"b\"}", "{\"a\":\"c\"}")).isEqualTo("{\"a\":\"c\"}");
        assertThat(patch("{\"a\":\"b\"}", "{\"b\":\"c\"}")).isEqualTo("{\"a\":\"b\",\"b\":\"c\"}");
        assertThat(patch("{\"a\":\"b\"}", "{\"a\":null}")).isEqualTo("{}");
        assertThat(patch("{\"a\":[\"b\"]}", "{\"a\":\"c\"}")).isEqualTo("{\"a\":\"c\"}");
        assertThat(patch("{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}"))
                .isEqualTo("{\"a\":{\"b\":\"d\"}}");
        assertThat(patch("{}", "{\"a\":{\"bb\":{\"ccc\":null}}}")).isEqualTo("{\"a\":{\"bb\":{}}}");
    }

    private String patch(String target, String patch) {
        return WireJson.mapper()
                .writeValueAsString(MergePatch.apply(reader.read(target), reader.read(patch)));
    }

    private PreparedDocument prepare(DocumentPreparer preparer, String json) {
        return preparer.prepare(reader.read(json));
    }

    private static DocumentPreparer preparer(String template) {
        return new DocumentPreparer(
                WireJson.mapper()
                        .readValue(
                                """
                                {"fields":[{"name":"title","type":"text","weight":1},
                                  {"name":"brand","type":"keyword"},
                                  {"name":"tags","type":"keyword"},
                                  {"name":"price","type":"number"}],
                                 "semanticText":"%s"}
                                """
                                        .formatted(template),
                                CatalogSchema.class),
                LIMITS);
    }
}
