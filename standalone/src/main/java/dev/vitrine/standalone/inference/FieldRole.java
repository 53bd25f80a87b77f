package dev.vitrine.standalone.inference;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a field means to a shop, guessed from its name. All but {@link #IDENTIFIER} belong to one
 * field of a schema at most.
 */
enum FieldRole {
    TITLE("title|name|product_?name|product_?title|item_?name|heading"),
    DESCRIPTION(
            "(short_?|long_?|product_?|item_?)?(description|desc|summary|body_?html)|body|abstract"),
    BRAND("(product_?)?(brand|manufacturer|supplier|vendor|maker|mfr)(_?name)?"),
    CATEGORY(
            "(product_?|item_?|main_?|google_?product_?)?(categor(y|ies)|department|breadcrumbs?)"
                    + "(_?(path|name|tree|hierarchy))?|product_?type|taxonomy"),
    PRICE(
            "price|(sale|final|current|unit|list|retail|our)_?price|price_?(usd|eur|amount)|msrp|cost"),
    STOCK("stock|quantity|qty|inventory|(stock|inventory)_?(level|quantity|qty|count)|in_?stock"),
    IMAGE(
            "(main_?|primary_?|product_?|large_?)?(image|img|picture|photo|thumbnail)"
                    + "(_?(url|link|src|high|large|500x500|address))?"),
    URL("(product_?|item_?|page_?)?(url|link|href|permalink|address)"),
    IDENTIFIER(
            "(product_?|item_?|vendor_?)?(sku|eans?|gtins?(_?\\d+)?|upcs?|isbn(_?1[03])?|asin|mpn|modelno"
                    + "|model_?(no|nr|num|number|id|code)|part_?(no|nr|num|number)"
                    + "|article_?(no|nr|number)|barcode|product_?code|item_?code)|model");

    private static final List<FieldRole> ALL = List.of(values());

    private final Pattern names;

    FieldRole(String names) {
        this.names = Pattern.compile(names);
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True when a field of this name usually has this role. */
    boolean fits(String fieldName) {
        return names.matcher(normalised(fieldName)).matches();
    }

    /** How good the name is: the exact, shortest names come first; lower is better. */
    static int rank(String fieldName) {
        return normalised(fieldName).length();
    }

    static List<FieldRole> all() {
        return ALL;
    }

    /**
     * {@code ProductName}, {@code product-name} and {@code Product Name} become {@code
     * product_name}.
     */
    private static String normalised(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                .replaceAll("[^A-Za-z0-9]+", "_")
                .replaceAll("^_+|_+$", "")
                .toLowerCase(Locale.ROOT);
    }
}
