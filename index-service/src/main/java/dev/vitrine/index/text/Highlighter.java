package dev.vitrine.index.text;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.index.HighlightSegment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * Finds the terms of a query in a document, with the very analysis that indexed it: for explaining
 * and highlighting the few products of a page. Thread-safe.
 */
public final class Highlighter implements AutoCloseable {

    /** Longest piece of a text that is returned, in characters. */
    static final int LENGTH_MAX = 320;

    /** How far before the first match a long text begins. */
    private static final int LEAD = 60;

    private static final String ELLIPSIS = "…";

    private final Analyzer analyzer = new ProductAnalyzer();

    /** Takes a term of a text. */
    private interface TermConsumer {
        void accept(String term, int start, int end);
    }

    /** The terms of the query that a document holds, in the order of the query. */
    public List<String> matchedTerms(
            CatalogSchema schema, Map<String, Object> document, QueryTerms terms) {
        Set<String> forms = terms.forms();
        Set<String> held = new HashSet<>();
        new TextFields(schema)
                .forEach(
                        document,
                        (field, text) ->
                                analyze(
                                        text,
                                        (term, start, end) -> {
                                            if (forms.contains(term)) {
                                                held.add(term);
                                            }
                                        }));
        return terms.terms().stream()
                .filter(term -> term.in(held))
                .map(QueryTerms.Term::whole)
                .toList();
    }

    /**
     * The fields of a document in which a term matches, cut into what matches and what does not.
     */
    public Map<String, List<HighlightSegment>> highlight(
            CatalogSchema schema, Map<String, Object> document, QueryTerms terms) {
        Set<String> forms = terms.forms();
        Map<String, List<HighlightSegment>> highlights = new LinkedHashMap<>();
        document.forEach((name, value) -> {
            FieldDefinition field = schema.resolve(name).orElse(null);
            if (field == null || !field.searchable()) {
                return;
            }
            for (Object single : TextFields.each(value)) {
                if (single instanceof String text && !highlights.containsKey(name)) {
                    List<HighlightSegment> segments = segments(text, forms);
                    if (segments.size() > 1 || segments.getFirst().match()) {
                        highlights.put(name, segments);
                    }
                }
            }
        });
        return highlights;
    }

    private List<HighlightSegment> segments(String text, Set<String> forms) {
        boolean[] marked = new boolean[text.length()];
        int[] first = {-1};
        analyze(
                text,
                (term, start, end) -> {
                    if (forms.contains(term)) {
                        first[0] = first[0] < 0 ? start : Math.min(first[0], start);
                        for (int i = start; i < end; i++) {
                            marked[i] = true;
                        }
                    }
                });
        if (first[0] < 0) {
            return List.of(new HighlightSegment(text, false));
        }
        int from = text.length() <= LENGTH_MAX ? 0 : wordStart(text, Math.max(0, first[0] - LEAD));
        int to = Math.min(text.length(), from + LENGTH_MAX);
        if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
            to--;
        }
        List<HighlightSegment> segments = new ArrayList<>();
        for (int start = from, i = from + 1; i <= to; i++) {
            if (i == to || marked[i] != marked[start]) {
                String piece = text.substring(start, i);
                boolean match = marked[start];
                segments.add(
                        new HighlightSegment(
                                (start == from && from > 0 && !match ? ELLIPSIS : "")
                                        + piece
                                        + (i == to && to < text.length() && !match ? ELLIPSIS : ""),
                                match));
                start = i;
            }
        }
        return segments;
    }

    private static int wordStart(String text, int position) {
        int i = position;
        while (i > 0 && i < text.length() && !Character.isWhitespace(text.charAt(i - 1))) {
            i--;
            if (position - i > LEAD) {
                return position;
            }
        }
        return i;
    }

    private void analyze(String text, TermConsumer consumer) {
        try (TokenStream tokens = analyzer.tokenStream("", text)) {
            CharTermAttribute term = tokens.getAttribute(CharTermAttribute.class);
            OffsetAttribute offset = tokens.getAttribute(OffsetAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                consumer.accept(
                        term.toString(),
                        offset.startOffset(),
                        Math.min(offset.endOffset(), text.length()));
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot happen: the text is in memory", e);
        }
    }

    @Override
    public void close() {
        analyzer.close();
    }
}
