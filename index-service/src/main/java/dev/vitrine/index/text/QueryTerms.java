package dev.vitrine.index.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a query, each of them one thing that a product matches or not.
 *
 * @param terms without repetition, in the order of the query
 */
public record QueryTerms(List<Term> terms) {

    /** Most forms that a query looks for, over all its terms; later terms are not searched. */
    static final int FORMS_MAX = 48;

    /** Words that say nothing as long as others do. */
    private static final Set<String> STOP_WORDS =
            Set.of(
                    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "into",
                    "is", "it", "of", "on", "or", "that", "the", "this", "to", "with");

    /**
     * One term.
     *
     * @param whole the form that a product may hold
     * @param parts forms that it may hold instead, all of them; may be empty
     */
    record Term(String whole, List<String> parts) {

        boolean in(Set<String> held) {
            return held.contains(whole) || (!parts.isEmpty() && held.containsAll(parts));
        }
    }

    public QueryTerms {
        terms = List.copyOf(terms);
    }

    /** Reads a query. */
    public static QueryTerms of(String query) {
        Map<String, Term> terms = new LinkedHashMap<>();
        Map<String, Term> stopped = new LinkedHashMap<>();
        int forms = 0;
        List<TextScanner.Chunk> chunks = new TextScanner().scan(query);
        for (int i = 0; i < chunks.size() && forms < FORMS_MAX; i++) {
            Term term = new Term(chunks.get(i).whole(), chunks.get(i).parts());
            Term joined = i + 1 < chunks.size() ? joined(term, chunks.get(i + 1)) : null;
            if (joined != null) {
                term = joined;
                i++;
            }
            if (forms + 1 + term.parts().size() > FORMS_MAX) {
                term = new Term(term.whole(), List.of());
            }
            forms += 1 + term.parts().size();
            (STOP_WORDS.contains(term.whole()) ? stopped : terms).putIfAbsent(term.whole(), term);
        }
        return new QueryTerms(new ArrayList<>((terms.isEmpty() ? stopped : terms).values()));
    }

    /** A number with its unit, written apart: "16 GB" is one thing, as "16GB" is. */
    private static @Nullable Term joined(Term number, TextScanner.Chunk next) {
        List<TextScanner.Token> tokens = next.tokens();
        String together = tokens.getLast().term();
        return tokens.size() == 2 && together.equals(number.whole() + next.whole())
                ? new Term(together, List.of(number.whole(), next.whole()))
                : null;
    }

    /** Number of terms. */
    public int size() {
        return terms.size();
    }

    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** Every form that any of the terms looks for. */
    Set<String> forms() {
        Set<String> forms = new HashSet<>();
        for (Term term : terms) {
            forms.add(term.whole());
            forms.addAll(term.parts());
        }
        return forms;
    }
}
