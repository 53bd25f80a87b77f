package dev.vitrine.index.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.contracts.index.HighlightSegment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextIndexTest {

    private static final CatalogSchema SCHEMA = schema(3);

    @TempDir Path folder;

    private static CatalogSchema schema(int attributes) {
        List<FieldDefinition> fields = new ArrayList<>();
        fields.add(FieldDefinition.of("title", FieldType.TEXT, 3.0, null, null, null, null));
        fields.add(FieldDefinition.of("brand", FieldType.KEYWORD, 1.0, null, null, null, null));
        fields.add(FieldDefinition.of("attr_*", FieldType.KEYWORD, 0.5, null, null, null, null));
        for (int i = 0; i < attributes; i++) {
            fields.add(
                    FieldDefinition.of("f" + i, FieldType.TEXT, 1.0 + i, null, null, null, null));
        }
        return new CatalogSchema(fields, null);
    }

    private static Set<Integer> find(TextIndex index, String query, int minimumMatch) {
        try (TextView view = index.publish()) {
            TextMatches matches = view.search(QueryTerms.of(query), minimumMatch, () -> false);
            Set<Integer> ordinals = new TreeSet<>();
            for (int ordinal : matches.ordinals()) {
                ordinals.add(ordinal);
            }
            return ordinals;
        }
    }

    private static void fill(TextIndex index) {
        index.put("a", 0, Map.of("title", "Sony WH-1000XM3 headphones", "brand", "Sony"));
        index.put("b", 7, Map.of("title", "USB stick 16 GB", "attr_color", List.of("blue")));
        index.put("c", 3, Map.of("title", "HP dv7-1211ea 17\" notebook", "price", 3));
    }

    @Test
    void search_codesPartsAndUnits_areFoundHoweverWritten() {
        try (TextIndex index = TextIndex.create(folder, SCHEMA, TextSettings.DEFAULT)) {
            fill(index);

            assertThat(find(index, "wh1000xm3", 1)).containsExactly(0);
            assertThat(find(index, "WH 1000XM3", 2)).containsExactly(0);
            assertThat(find(index, "1000xm3", 1)).containsExactly(0);
            assertThat(find(index, "dv7 1211ea", 2)).containsExactly(3);
            assertThat(find(index, "dv71211ea", 1)).containsExactly(3);
            assertThat(find(index, "17 inch notebooks", 2)).containsExactly(3);
            assertThat(find(index, "16gb usb", 2)).containsExactly(7);
            assertThat(find(index, "blue stick", 2)).containsExactly(7);
            assertThat(find(index, "sony headphone", 2)).containsExactly(0);
            assertThat(find(index, "sony stick", 1)).containsExactly(0, 7);
            assertThat(find(index, "sony stick", 2)).isEmpty();
        }
    }

    @Test
    void publish_laterChanges_leaveTheViewAsItWas() {
        try (TextIndex index = TextIndex.create(folder, SCHEMA, TextSettings.DEFAULT)) {
            fill(index);
            try (TextView view = index.publish()) {
                // An equal view shares files with the first and must not take them along.
                closeAtOnce(index.publish());
                index.remove("a");
                index.put("b", 9, Map.of("title", "other"));
                try (TextView now = index.publish()) {
                    assertThat(now.ordinal("a")).isEqualTo(-1);
                    assertThat(now.ordinal("b")).isEqualTo(9);
                    assertThat(now.size()).isEqualTo(2);
                }
                assertThat(view.ordinal("a")).isEqualTo(0);
                assertThat(view.ordinal("b")).isEqualTo(7);
                assertThat(view.size()).isEqualTo(3);
            }
        }
    }

    @Test
    void search_wordsKnownFromEarlier_scoreByTheStatisticsOfTheirOwnView() {
        try (TextIndex index =
                        TextIndex.create(folder.resolve("lived"), SCHEMA, TextSettings.DEFAULT);
                TextIndex fresh =
                        TextIndex.create(folder.resolve("fresh"), SCHEMA, TextSettings.DEFAULT)) {
            fill(index);
            try (TextView view = index.publish()) {
                float before = score(view, "sony");
                index.put("d", 4, Map.of("title", "Sony lamp", "attr_maker", "Sony"));
                try (TextView now = index.publish()) {
                    fill(fresh);
                    fresh.put("d", 4, Map.of("title", "Sony lamp", "attr_maker", "Sony"));
                    try (TextView expected = fresh.publish()) {
                        assertThat(score(now, "sony"))
                                .isNotEqualTo(before)
                                .isEqualTo(score(expected, "sony"));
                    }
                }
                assertThat(score(view, "sony")).isEqualTo(before);
            }
        }
    }

    private static float score(TextView view, String query) {
        return view.search(QueryTerms.of(query), 1, () -> false).best();
    }

    private static void closeAtOnce(TextView view) {
        view.close();
    }

    @Test
    void open_namedCommit_dropsWhatCameLater() throws IOException {
        String commit;
        try (TextIndex index = TextIndex.create(folder, SCHEMA, TextSettings.DEFAULT)) {
            fill(index);
            commit = index.commit();
            index.retain(Set.of(commit));
            index.put("d", 4, Map.of("title", "later"));
            index.commit();
            index.put("e", 5, Map.of("title", "never committed"));
        }
        try (TextIndex index = TextIndex.open(folder, SCHEMA, TextSettings.DEFAULT, commit)) {
            assertThat(find(index, "notebook", 1)).containsExactly(3);
            assertThat(find(index, "later", 1)).isEmpty();
            index.put("d", 6, Map.of("title", "again"));
            assertThat(index.commit()).isNotEqualTo(commit);
        }
        assertThatThrownBy(
                        () -> TextIndex.open(folder, SCHEMA, TextSettings.DEFAULT, "segments_zz"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("segments_zz");
    }

    @Test
    void search_manyFieldsAndTerms_staysWithinLucenesBounds() {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            query.append("x").append(i).append("-ab/c ");
        }
        try (TextIndex index = TextIndex.create(folder, schema(90), TextSettings.DEFAULT)) {
            index.put("a", 0, Map.of("f77", "x1-ab/c"));
            assertThat(find(index, query.toString(), 1)).containsExactly(0);
        }
    }

    @Test
    void search_outOfTime_saysThatItIsNotComplete() {
        try (TextIndex index = TextIndex.create(folder, SCHEMA, TextSettings.DEFAULT)) {
            for (int i = 0; i < 3_000; i++) {
                index.put("p" + i, i, Map.of("title", "thing"));
            }
            try (TextView view = index.publish()) {
                TextMatches matches = view.search(QueryTerms.of("thing"), 1, () -> true);
                assertThat(matches.complete()).isFalse();
                assertThat(matches.size()).isBetween(1, 2_999);
            }
        }
    }

    @Test
    void highlight_matches_areSegmentsOfPlainText() {
        try (Highlighter highlighter = new Highlighter()) {
            Map<String, Object> document =
                    Map.of("title", "Best <b>USB</b> sticks", "brand", "Acme", "note", "usb");
            QueryTerms terms = QueryTerms.of("stick usb red");

            assertThat(highlighter.highlight(SCHEMA, document, terms))
                    .containsOnly(
                            Map.entry(
                                    "title",
                                    List.of(
                                            new HighlightSegment("Best <b>", false),
                                            new HighlightSegment("USB", true),
                                            new HighlightSegment("</b> ", false),
                                            new HighlightSegment("sticks", true))));
            assertThat(highlighter.matchedTerms(SCHEMA, document, terms))
                    .containsExactly("stick", "usb");
        }
    }

    @Test
    void highlight_longText_isCutAroundItsFirstMatch() {
        try (Highlighter highlighter = new Highlighter()) {
            String text = "lorem ipsum ".repeat(100) + "needle " + "dolor sit ".repeat(100);
            List<HighlightSegment> segments =
                    highlighter
                            .highlight(SCHEMA, Map.of("title", text), QueryTerms.of("needle"))
                            .getOrDefault("title", List.of());

            assertThat(segments).hasSize(3);
            assertThat(segments.get(0).text()).startsWith("…");
            assertThat(segments.get(1)).isEqualTo(new HighlightSegment("needle", true));
            assertThat(segments.get(2).text()).endsWith("…");
        }
    }

    @Test
    void mergeSegments_afterManyChanges_leavesOneThatAnswersTheSame() {
        try (TextIndex index = TextIndex.create(folder, SCHEMA, TextSettings.DEFAULT)) {
            putOneByOne(index, 0, 7);

            assertThat(segments(index)).isEqualTo(7);
            assertThat(index.mergeSegments()).isTrue();
            assertThat(segments(index)).isEqualTo(1);
            assertThat(index.mergeSegments()).isFalse();
            assertThat(find(index, "lamp", 1)).containsExactly(0, 1, 2, 3, 4, 5, 6);
            assertThat(find(index, "number3", 1)).containsExactly(3);
        }
    }

    @Test
    void mergeSegments_fewChangesBesideMany_areNotWorthReadingTheMany() {
        try (TextIndex index = TextIndex.create(folder, SCHEMA, TextSettings.DEFAULT)) {
            for (int i = 0; i < 2_000; i++) {
                put(index, i);
            }
            closeAtOnce(index.publish());
            putOneByOne(index, 2_000, 2);

            assertThat(index.mergeSegments()).isTrue();
            assertThat(segments(index)).isEqualTo(2);
            assertThat(find(index, "lamp", 1)).hasSize(2_002);
        }
    }

    private static void putOneByOne(TextIndex index, int first, int count) {
        for (int i = first; i < first + count; i++) {
            put(index, i);
            closeAtOnce(index.publish());
        }
    }

    private static void put(TextIndex index, int ordinal) {
        index.put("p" + ordinal, ordinal, Map.of("title", "lamp number" + ordinal));
    }

    private static int segments(TextIndex index) {
        try (TextView view = index.publish()) {
            return view.reader().leaves().size();
        }
    }
}
