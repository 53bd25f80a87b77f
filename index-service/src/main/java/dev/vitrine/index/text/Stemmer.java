package dev.vitrine.index.text;

/**
 * Light English stemming: takes the plural off and nothing else.
 *
 * <p>Measured on the demo catalogue (RATIONALE.md): heavier stemmers make different things alike
 * ("speakers" and "speaking", "printed" and "printer").
 */
final class Stemmer {

    private static final int SHORTEST = 3;

    private Stemmer() {}

    /** The stem of a lower-case word of letters. */
    static String stem(String word) {
        int length = word.length();
        if (word.endsWith("che")) {
            // As its plural, whose "es" could belong to "ch" as well: cache, switch.
            return word.substring(0, length - 1);
        }
        if (length <= SHORTEST || !word.endsWith("s")) {
            return word;
        }
        if (word.endsWith("ss") || word.endsWith("us") || word.endsWith("is")) {
            return word;
        }
        if (word.endsWith("ies")) {
            return length == SHORTEST + 1
                    ? word.substring(0, length - 1)
                    : word.substring(0, length - 3) + "y";
        }
        boolean sibilant =
                word.endsWith("ches")
                        || word.endsWith("shes")
                        || word.endsWith("xes")
                        || word.endsWith("sses");
        return word.substring(0, length - (sibilant ? 2 : 1));
    }
}
