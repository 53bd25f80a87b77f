package dev.vitrine.standalone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductBatchesTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void ndjson_plain_goesOutAsItCameIn() throws IOException {
        String lines = "{\"id\":\"1\",\"title\":\"Lamp\"}\nbroken\n{\"id\":\"2\"}\n";
        List<ProductBatch> batches = all(file("a.ndjson", lines), DocumentShape.PLAIN);
        assertThat(batches).hasSize(1);
        assertThat(text(batches.getFirst())).isEqualTo(lines);
        assertThat(batches.getFirst().contentType()).isEqualTo("application/x-ndjson");
        assertThat(batches.getFirst().firstLine()).isEqualTo(1);
    }

    /** A replaced character would make one product of two, and --replace delete the right one. */
    @Test
    void bytesThatAreNoText_endTheReading() throws IOException {
        Path json = folder.resolve("a.ndjson");
        Files.write(json, "{\"id\":\"Gr\u00fc\u00dfe-1\"}\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> all(ProductFile.at(json), DocumentShape.PLAIN))
                .isInstanceOf(ProductFileException.class)
                .hasMessage(json + " cannot be read after line 0: it is not all UTF-8");

        Path csv = folder.resolve("a.csv");
        String row = "1,An ordinary lamp\n";
        Files.write(
                csv,
                ("id,title\n" + row.repeat(20_000) + "2,Gr\u00fc\u00dfe\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> all(ProductFile.at(csv), DocumentShape.PLAIN))
                .isInstanceOf(ProductFileException.class)
                .hasMessageEndingWith("it is not all UTF-8");
    }

    @Test
    void ndjson_moreThanABatch_keepsLineNumbers() throws IOException {
        String lines =
                IntStream.rangeClosed(1, ProductBatches.PRODUCTS + 5)
                        .mapToObj(i -> "{\"id\":\"" + i + "\"}\n")
                        .collect(Collectors.joining());
        List<ProductBatch> batches = all(file("a.ndjson", lines), DocumentShape.PLAIN);
        assertThat(batches)
                .extracting(ProductBatch::firstLine)
                .containsExactly(1L, ProductBatches.PRODUCTS + 1L);
        assertThat(batches)
                .extracting(ProductBatch::products)
                .containsExactly(ProductBatches.PRODUCTS, 5);
    }

    @Test
    void feed_compressedWithZstd_isUnwrappedAndIdsBecomeText() throws IOException {
        Path path = folder.resolve("feed.json.zst");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(path))) {
            out.write(
                    utf8(
                            """
                            {"put":"id:shop:product::toys_7","fields":{"id":7,"title":"Kite","price":1250}}
                            {"fields":{"title":"Ball"},"put":"id:shop:product::a:b"}
                            """));
        }
        ProductFile file = ProductFile.at(path);
        assertThat(file.format()).isEqualTo(FileFormat.FEED);
        DocumentShape numbersAsIds = new DocumentShape(Optional.of("id"), true, Map.of(), Map.of());
        assertThat(text(all(file, numbersAsIds).getFirst()))
                .isEqualTo(
                        """
                        {"id":"7","title":"Kite","price":1250}
                        {"title":"Ball","id":"a:b"}
                        """);
    }

    @Test
    void csv_anyDialect_leavesAsCommasWithHeader() throws IOException {
        Path path = folder.resolve("a.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write(
                    utf8(
                            """
                            \uFEFFid|title|price
                            1|Lamp, black|$1,299.00
                            2|"Chair ""Tom\"""|n/a
                            3|Cable|
                            """));
        }
        DocumentShape prices =
                new DocumentShape(
                        Optional.of("id"), false, Map.of(), Map.of("price", NumberStyle.POINT));
        try (ProductBatches batches = new ProductBatches(ProductFile.at(path), prices)) {
            ProductBatch batch = batches.next();
            assertThat(text(batch))
                    .isEqualTo(
                            """
                            id,title,price
                            1,"Lamp, black",1299.00
                            2,"Chair ""Tom\""",
                            3,Cable,
                            """);
            assertThat(batch.products()).isEqualTo(3);
            assertThat(batches.hasNext()).isFalse();
            assertThat(batches.leftOut()).containsExactly(Map.entry("price", 1L));
        }
    }

    @Test
    void csv_withoutIdentity_numbersTheRows() throws IOException {
        ProductFile file = file("a.csv", "title;path\nLamp;Home / Light\nKite;Toys/Outdoor/ \n");
        DocumentShape shape =
                new DocumentShape(Optional.empty(), false, Map.of("path", "/"), Map.of());
        assertThat(text(all(file, shape).getFirst()))
                .isEqualTo("id,title,path\n1,Lamp,Home > Light\n2,Kite,Toys > Outdoor\n");
    }

    @Test
    void csv_otherIdentity_becomesTheIdAndStays() throws IOException {
        ProductFile file = file("a.csv", "sku,title\nA-1,Lamp\nA-2,Kite\n");
        DocumentShape shape = new DocumentShape(Optional.of("sku"), false, Map.of(), Map.of());
        assertThat(text(all(file, shape).getFirst()))
                .isEqualTo("id,sku,title\nA-1,A-1,Lamp\nA-2,A-2,Kite\n");
    }

    @Test
    void open_jsonArray_saysWhatIsExpected() throws IOException {
        Path path = Files.writeString(folder.resolve("a.json"), "[{\"id\":\"1\"}]");
        assertThatThrownBy(() -> ProductFile.at(path))
                .isInstanceOf(ProductFileException.class)
                .hasMessageContaining("one product a line");
    }

    @Test
    void open_emptyFile_isRefused() throws IOException {
        Path path = Files.writeString(folder.resolve("a.json"), " \n");
        assertThatThrownBy(() -> ProductFile.at(path)).hasMessageContaining("is empty");
    }

    private ProductFile file(String name, String content) throws IOException {
        return ProductFile.at(Files.writeString(folder.resolve(name), content));
    }

    private static List<ProductBatch> all(ProductFile file, DocumentShape shape) {
        List<ProductBatch> all = new ArrayList<>();
        try (ProductBatches batches = new ProductBatches(file, shape)) {
            batches.forEachRemaining(all::add);
        }
        return all;
    }

    private static String text(ProductBatch batch) {
        return new String(batch.body(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
