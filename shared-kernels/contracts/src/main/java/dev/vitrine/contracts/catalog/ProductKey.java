package dev.vitrine.contracts.catalog;

/**
 * The identity of a product: tenant, catalogue and the shop's own id.
 *
 * @param catalog the catalogue that holds the product
 * @param id 1 to 256 characters, no control characters, no unpaired surrogates (UTF-8 has none, so
 *     they would become another id on the way to a database); may hold slashes
 */
public record ProductKey(CatalogRef catalog, String id) {

    /** Longest allowed id, in characters. */
    public static final int MAX_ID_LENGTH = 256;

    public ProductKey {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "product id must have 1 to 256 characters, no control characters and no half"
                            + " characters");
        }
    }

    /** Whether a product may have this id. */
    public static boolean isId(String id) {
        return !id.isBlank()
                && id.length() <= MAX_ID_LENGTH
                && id.codePoints()
                        .noneMatch(c ->
                                Character.isISOControl(c)
                                        || Character.getType(c) == Character.SURROGATE);
    }

    /** The record key of this product: {@code tenant/catalog/id}. */
    public String key() {
        return catalog.key() + '/' + id;
    }

    /**
     * Reads what {@link #key()} wrote.
     *
     * @throws IllegalArgumentException when the text is not such a key
     */
    public static ProductKey parse(String key) {
        int first = key.indexOf('/');
        int second = first < 0 ? -1 : key.indexOf('/', first + 1);
        if (second < 0) {
            throw new IllegalArgumentException("not a product key: " + key);
        }
        return new ProductKey(
                CatalogRef.parse(key.substring(0, second)), key.substring(second + 1));
    }
}
