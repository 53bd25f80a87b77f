package dev.vitrine.benchmarks.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Makes queries from products, always the same ones: half are spans of 1 to 5 words of a title, a
 * quarter supplier and a category or an attribute's value, a quarter a span with one typing error.
 */
public final class Questions {

    private static final int SEED = 20_261_125;
    private static final int LONGEST_VALUE = 24;

    private Questions() {}

    /**
     * Distinct queries.
     *
     * @param count how many
     * @throws IllegalArgumentException when the products do not give so many
     */
    public static List<Question> from(List<Product> products, int count) {
        Random random = new Random(SEED);
        Set<String> seen = new HashSet<>();
        List<Question> questions = new ArrayList<>();
        for (long attempt = 0; questions.size() < count; attempt++) {
            if (attempt > 50L * count) {
                throw new IllegalArgumentException(
                        products.size() + " products give only " + questions.size() + " queries");
            }
            Product product = products.get(random.nextInt(products.size()));
            String text = text(product, random);
            if (!text.isBlank() && !product.text("supplier").isBlank() && seen.add(text)) {
                questions.add(new Question(text, product.text("supplier"), product.id()));
            }
        }
        return questions;
    }

    private static String text(Product product, Random random) {
        return switch (random.nextInt(4)) {
            case 0, 1 -> span(product, random);
            case 2 -> attributes(product, random);
            default -> misspelt(span(product, random), random);
        };
    }

    private static String span(Product product, Random random) {
        String[] words = product.text("title").toLowerCase(Locale.ROOT).split("\\s+", -1);
        int length = Math.min(words.length, 1 + random.nextInt(5));
        int from = random.nextInt(words.length - length + 1);
        return String.join(" ", Arrays.asList(words).subList(from, from + length));
    }

    private static String attributes(Product product, Random random) {
        List<String> values = new ArrayList<>();
        String category = product.text("category");
        values.add(category.substring(category.lastIndexOf('>') + 1).strip());
        for (Map.Entry<String, JsonNode> field : product.document().properties()) {
            String value = product.text(field.getKey());
            if (field.getKey().startsWith("attr_t_")
                    && !value.isBlank()
                    && value.length() <= LONGEST_VALUE) {
                values.add(value);
            }
        }
        String value = values.get(random.nextInt(values.size()));
        String text = random.nextBoolean() ? product.text("supplier") + ' ' + value : value;
        return text.toLowerCase(Locale.ROOT);
    }

    /** Two neighbouring letters swapped, one left out or one doubled. */
    private static String misspelt(String text, Random random) {
        if (text.length() < 4) {
            return text;
        }
        int at = 1 + random.nextInt(text.length() - 2);
        String before = text.substring(0, at);
        String after = text.substring(at + 1);
        return switch (random.nextInt(3)) {
            case 0 -> before + after.charAt(0) + text.charAt(at) + after.substring(1);
            case 1 -> before + after;
            default -> before + text.charAt(at) + text.charAt(at) + after;
        };
    }
}
