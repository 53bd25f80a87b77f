package dev.vitrine.benchmarks.vectorset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetTextsTest {

    @TempDir private Path folder = Path.of("");

    private SetTexts texts() throws IOException {
        try (OutputStream json =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.ndjson.gz")))) {
            json.write(
                    """
                    {"id": "1", "title": "Red  chair", "short_description": "Good to sit on.<br />Made of beech wood.", "attr_t_colour": "Red", "attr_n_legs": 4, "img": "http://x/y.png"}
                    {"index": {}}
                    {"put": "x", "fields": {"id": 2, "title": "Blue chair"}}
                    """
                            .getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(
                folder.resolve("b.csv"),
                "id|name|description|price\n7|Red chair||3\n8|Table|Four legs, one top|9\n");
        Files.writeString(folder.resolve("c.tsv"), "query_id\tquery\n1\tsalon chair\n2\tstool\n");
        Files.writeString(folder.resolve("SOURCE.md"), "not a catalogue");
        return SetTexts.read(folder);
    }

    @Test
    void folderWithoutProducts_isRefusedByName() throws IOException {
        Files.writeString(folder.resolve("c.tsv"), "query_id\tquery\n1\tsalon chair\n");
        assertThatIOException()
                .isThrownBy(() -> SetTexts.read(folder))
                .withMessageContaining(folder.toString());
    }

    @Test
    void takesDistinctTextsOfAllKinds() throws IOException {
        assertThat(texts().products(100))
                .doesNotHaveDuplicates()
                .contains(
                        "Red chair",
                        "Blue chair",
                        "Table",
                        "Made of beech wood.",
                        "Red chair, colour: Red",
                        "Red chair, legs: 4",
                        "Red chair, colour: Red, legs: 4",
                        "Red chair. Good to sit on.",
                        "Good to sit on. Made of beech wood.")
                .noneMatch(text -> text.contains("http"));
    }

    @Test
    void startsWithTitlesAndASmallerSetIsTheHeadOfALargerOne() throws IOException {
        List<String> all = texts().products(100);
        assertThat(all.subList(0, 3)).containsExactlyInAnyOrder("Red chair", "Blue chair", "Table");
        assertThat(texts().products(5)).isEqualTo(all.subList(0, 5));
    }

    @Test
    void takesWhatShoppersTypedBeforeSpansOfTitles() throws IOException {
        assertThat(texts().queries(4))
                .hasSize(4)
                .doesNotHaveDuplicates()
                .contains("salon chair", "stool");
    }

    @Test
    void tellsDelimitersApart() {
        assertThat(CatalogFiles.delimiter("id#title#price")).isEqualTo('#');
        assertThat(CatalogFiles.delimiter("id,title")).isEqualTo(',');
        assertThat(CatalogFiles.delimiter("query\tasin")).isEqualTo('\t');
    }
}
