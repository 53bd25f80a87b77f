package dev.vitrine.benchmarks.vectorset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SequencedSet;

/**
 * The distinct texts of a vector set, in an order that depends on the catalogues only: a smaller
 * set is the head of a larger one.
 */
final class SetTexts {

    private static final int SEED = 20_261_126;
    private static final int SHORTEST = 3;

    private final SequencedSet<String> titles = new LinkedHashSet<>();
    private final SequencedSet<String> sentences = new LinkedHashSet<>();
    private final SequencedSet<String> withAttribute = new LinkedHashSet<>();
    private final SequencedSet<String> withSentence = new LinkedHashSet<>();
    private final SequencedSet<String> withTwoAttributes = new LinkedHashSet<>();
    private final SequencedSet<String> descriptions = new LinkedHashSet<>();
    private final SequencedSet<String> asked = new LinkedHashSet<>();

    private SetTexts() {}

    /**
     * Reads everything under a folder; see {@link CatalogFiles}.
     *
     * @throws IOException also when there is no title of a product among it
     */
    static SetTexts read(Path catalogs) throws IOException {
        SetTexts texts = new SetTexts();
        CatalogFiles.read(catalogs, texts::add);
        if (texts.titles.isEmpty()) {
            throw new IOException("no file below " + catalogs + " has titles of products");
        }
        return texts;
    }

    private void add(CatalogRecord record) {
        if (!record.query().isEmpty()) {
            asked.add(record.query());
            return;
        }
        if (!record.description().isBlank()) {
            descriptions.add(record.descriptionLine());
            sentences.addAll(record.sentences());
        }
        if (record.title().length() < SHORTEST) {
            return;
        }
        titles.add(record.title());
        record.sentences().forEach(sentence -> withSentence.add(record.title() + ". " + sentence));
        List<String> attributes = record.attributes();
        for (int i = 0; i < attributes.size(); i++) {
            withAttribute.add(record.title() + ", " + attributes.get(i));
            if (i > 0) {
                withTwoAttributes.add(
                        record.title() + ", " + attributes.get(i - 1) + ", " + attributes.get(i));
            }
        }
    }

    /**
     * Texts of products: titles, sentences of descriptions, titles with an attribute, with a
     * sentence, with two attributes, whole descriptions; each kind shuffled.
     *
     * @return {@code limit} texts, fewer when there are no more
     */
    List<String> products(int limit) {
        SequencedSet<String> all = new LinkedHashSet<>();
        for (Collection<String> kind :
                List.of(
                        titles,
                        sentences,
                        withAttribute,
                        withSentence,
                        withTwoAttributes,
                        descriptions)) {
            for (String text : shuffled(kind)) {
                if (all.size() == limit) {
                    return List.copyOf(all);
                }
                all.add(text);
            }
        }
        return List.copyOf(all);
    }

    /** What shoppers typed. */
    List<String> askedQueries() {
        return List.copyOf(asked);
    }

    /**
     * Queries: all that shoppers typed, then spans of 1 to 5 words of titles up to a number;
     * shuffled, so that every part of them is like every other.
     */
    List<String> queries(int limit) {
        SequencedSet<String> all = new LinkedHashSet<>(asked);
        Random random = new Random(SEED);
        List<String> from = List.copyOf(titles);
        for (int attempt = 0; all.size() < limit && attempt < 50 * limit; attempt++) {
            all.add(span(from.get(random.nextInt(from.size())), random));
        }
        return shuffled(all).subList(0, Math.min(limit, all.size()));
    }

    private static String span(String title, Random random) {
        String[] words = title.toLowerCase(Locale.ROOT).split(" ", -1);
        int length = Math.min(words.length, 1 + random.nextInt(5));
        int from = random.nextInt(words.length - length + 1);
        return String.join(" ", Arrays.asList(words).subList(from, from + length));
    }

    private static List<String> shuffled(Collection<String> texts) {
        List<String> list = new ArrayList<>(texts);
        Collections.shuffle(list, new Random(SEED));
        return list;
    }
}
