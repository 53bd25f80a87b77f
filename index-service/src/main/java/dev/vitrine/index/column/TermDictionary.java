package dev.vitrine.index.column;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a column and the sets of terms that its products have, both numbered in order of
 * first appearance and never renumbered.
 *
 * <p>A product's value is always the number of a set: one int a product, however many values it
 * has, and one counter a set when facets are counted. One thread writes; readers use the arrays
 * that their view took, in which the entries below their count never change.
 */
final class TermDictionary {

    private final Map<String, Integer> codes = new ConcurrentHashMap<>();
    private final Map<Members, Integer> numbers = new HashMap<>();
    private String[] terms = new String[4];
    private int termCount;
    private int[][] sets = new int[4][];
    private int setCount;

    /** Members of a set as a map key. */
    private static final class Members {

        private final int[] codes;

        Members(int[] codes) {
            this.codes = codes;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Members members && Arrays.equals(codes, members.codes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(codes);
        }
    }

    /** The number of the set of these terms, which are distinct and at least one. */
    int setOf(Iterable<String> values) {
        int[] members = new int[4];
        int count = 0;
        for (String value : values) {
            if (count == members.length) {
                members = Arrays.copyOf(members, count * 2);
            }
            members[count++] = code(value);
        }
        members = Arrays.copyOf(members, count);
        Arrays.sort(members);
        Members key = new Members(members);
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        if (setCount == sets.length) {
            sets = Arrays.copyOf(sets, setCount * 3 / 2 + 1);
        }
        sets[setCount] = members;
        numbers.put(key, setCount);
        return setCount++;
    }

    private int code(String term) {
        Integer known = codes.get(term);
        if (known != null) {
            return known;
        }
        if (termCount == terms.length) {
            terms = Arrays.copyOf(terms, termCount * 3 / 2 + 1);
        }
        terms[termCount] = term;
        codes.put(term, termCount);
        return termCount++;
    }

    Map<String, Integer> codes() {
        return codes;
    }

    String[] terms() {
        return terms;
    }

    int termCount() {
        return termCount;
    }

    int[][] sets() {
        return sets;
    }

    int setCount() {
        return setCount;
    }
}
