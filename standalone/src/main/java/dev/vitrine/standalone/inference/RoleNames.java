package dev.vitrine.standalone.inference;

import dev.vitrine.contracts.catalog.FieldRole;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Which role a field has in a shop, guessed from its name. */
final class RoleNames {

    private static final Map<FieldRole, Pattern> NAMES = new EnumMap<>(FieldRole.class);

    static {
        names(FieldRole.TITLE, "title|name|product_?name|product_?title|item_?name|heading");
        names(
                FieldRole.DESCRIPTION,
                "(short_?|long_?|product_?|item_?)?(description|desc|summary|body_?html)|body|abstract");
        names(
                FieldRole.BRAND,
                "(product_?)?(brand|manufacturer|supplier|vendor|maker|mfr)(_?name)?");
        names(
                FieldRole.CATEGORY,
                "(product_?|item_?|main_?|google_?product_?)?(categor(y|ies)|department|breadcrumbs?)"
                        + "(_?(path|name|tree|hierarchy))?|product_?type|taxonomy");
        names(
                FieldRole.PRICE,
                "price|(sale|final|current|unit|list|retail|our)_?price|price_?(usd|eur|amount)|msrp|cost");
        names(
                FieldRole.STOCK,
                "stock|quantity|qty|inventory|(stock|inventory)_?(level|quantity|qty|count)|in_?stock");
        names(
                FieldRole.IMAGE,
                "(main_?|primary_?|product_?|large_?)?(image|img|picture|photo|thumbnail)"
                        + "(_?(url|link|src|high|large|500x500|address))?");
        names(FieldRole.URL, "(product_?|item_?|page_?)?(url|link|href|permalink|address)");
        names(
                FieldRole.IDENTIFIER,
                "(product_?|item_?|vendor_?)?(sku|eans?|gtins?(_?\\d+)?|upcs?|isbn(_?1[03])?|asin|mpn|modelno"
                        + "|model_?(no|nr|num|number|id|code)|part_?(no|nr|num|number)"
                        + "|article_?(no|nr|number)|barcode|product_?code|item_?code)|model");
    }

    private RoleNames() {}

    /** True when a field of this name usually has this role. */
    static boolean fit(FieldRole role, String fieldName) {
        Pattern names = NAMES.get(role);
        return names != null && names.matcher(normalised(fieldName)).matches();
    }

    /** How good the name is: the exact, shortest names come first; lower is better. */
    static int rank(String fieldName) {
        return normalised(fieldName).length();
    }

    private static void names(FieldRole role, String pattern) {
        NAMES.put(role, Pattern.compile(pattern));
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
