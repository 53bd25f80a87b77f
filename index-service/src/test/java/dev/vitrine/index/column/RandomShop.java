package dev.vitrine.index.column;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.FieldRole;
import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.contracts.index.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random products, filters and sort keys of one schema that has every field type. */
public final class RandomShop {

    public static final CatalogSchema SCHEMA =
            new CatalogSchema(
                    List.of(
                            field("title", FieldType.TEXT, 3.0, false, FieldRole.TITLE),
                            field("text", FieldType.TEXT, 1.0, false, FieldRole.DESCRIPTION),
                            field("brand", FieldType.KEYWORD, 1.0, true, FieldRole.BRAND),
                            field("colors", FieldType.KEYWORD, null, true, null),
                            field("sku", FieldType.KEYWORD, 1.0, true, FieldRole.IDENTIFIER),
                            field("category", FieldType.CATEGORY_PATH, 1.0, true, null),
                            field("price", FieldType.NUMBER, null, true, FieldRole.PRICE),
                            field("released", FieldType.DATE, null, true, null),
                            field("active", FieldType.BOOLEAN, null, true, null),
                            field("secret", FieldType.KEYWORD, null, false, null),
                            field("attr_n_*", FieldType.NUMBER, null, true, null),
                            field("attr_t_*", FieldType.KEYWORD, null, true, null)),
                    "{title}");

    private static final List<String> BRANDS = List.of("Acme", "bolt", "Cobra", "Delta", "acme");
    private static final List<String> COLORS = List.of("red", "green", "blue", "black");
    private static final List<String> WORDS =
            List.of(
                    "wireless",
                    "headphones",
                    "laptop",
                    "charger",
                    "cable",
                    "usb",
                    "mouse",
                    "pad",
                    "bag",
                    "black",
                    "pro",
                    "mini",
                    "speaker",
                    "case",
                    "gaming");

    private final Random random;

    public RandomShop(long seed) {
        this.random = new Random(seed);
    }

    private static FieldDefinition field(
            String name,
            FieldType type,
            @Nullable Double weight,
            boolean attribute,
            @Nullable FieldRole role) {
        return FieldDefinition.of(name, type, weight, attribute, attribute, attribute, role);
    }

    public Random random() {
        return random;
    }

    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("title", words(2 + random.nextInt(5)));
        maybe(document, "text", words(random.nextInt(12)));
        maybe(document, "brand", pick(BRANDS));
        maybe(document, "colors", colors());
        document.put("sku", sku());
        maybe(document, "category", "Shop > L" + random.nextInt(4) + " > M" + random.nextInt(3));
        maybe(document, "price", (double) random.nextInt(100) / 4);
        maybe(document, "released", "20" + (10 + random.nextInt(10)) + "-0" + digit() + "-11");
        maybe(document, "active", random.nextBoolean());
        maybe(document, "secret", "x" + random.nextInt(5));
        for (int i = 0; i < 3; i++) {
            document.put("attr_n_" + random.nextInt(20), random.nextInt(9));
            document.put("attr_t_" + random.nextInt(200), "v" + random.nextInt(4));
        }
        return document;
    }

    public String sku() {
        return "SK-" + random.nextInt(1000) + "/" + (char) ('a' + random.nextInt(26));
    }

    private List<String> colors() {
        List<String> colors = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            colors.add(pick(COLORS));
        }
        return colors;
    }

    public String words(int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(pick(WORDS));
        }
        return String.join(" ", words);
    }

    private int digit() {
        return 1 + random.nextInt(9);
    }

    private void maybe(Map<String, Object> document, String field, Object value) {
        if (random.nextInt(5) > 0) {
            document.put(field, value);
        }
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    public Filter filter(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0 -> new Filter.In("brand", List.of(pick(BRANDS), pick(BRANDS)));
            case 1 -> new Filter.In("colors", List.of(pick(COLORS), "none"));
            case 2 -> new Filter.In("category", List.of("Shop>L" + random.nextInt(4)));
            case 3 -> range("price", Integer.toString(random.nextInt(25)));
            case 4 -> range("released", "201" + digit() + "-06-30");
            case 5 -> new Filter.Exists("attr_n_" + random.nextInt(25));
            case 6 -> new Filter.In("active", List.of("true"));
            case 7 -> new Filter.And(List.of(filter(depth - 1), filter(depth - 1)));
            case 8 -> new Filter.Or(List.of(filter(depth - 1), filter(depth - 1)));
            default -> new Filter.Not(filter(depth - 1));
        };
    }

    private Filter range(String field, String bound) {
        return random.nextBoolean()
                ? new Filter.Range(field, bound, random.nextBoolean(), null, false)
                : new Filter.Range(field, null, false, bound, random.nextBoolean());
    }
}
