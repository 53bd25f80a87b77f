package dev.vitrine.contracts.catalog;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a catalogue: a tenant and a catalogue name.
 *
 * @param tenant lower-case name, at most 63 characters
 * @param catalog lower-case name, at most 63 characters
 */
public record CatalogRef(String tenant, String catalog) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    public CatalogRef {
        requireName("tenant", tenant);
        requireName("catalog", catalog);
    }

    /** Whether a tenant or catalogue may have this name. */
    public static boolean isName(@Nullable String name) {
        return name != null && NAME.matcher(name).matches();
    }

    /** The record key of this catalogue: {@code tenant/catalog}. */
    public String key() {
        return tenant + '/' + catalog;
    }

    /**
     * Reads what {@link #key()} wrote.
     *
     * @throws IllegalArgumentException when the text is not such a key
     */
    public static CatalogRef parse(String key) {
        int slash = key.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not a catalogue key: " + key);
        }
        return new CatalogRef(key.substring(0, slash), key.substring(slash + 1));
    }

    private static void requireName(String what, @Nullable String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    what
                            + " must be 1 to 63 lower-case letters, digits, '-' or '_', starting"
                            + " with a letter or digit: '"
                            + name
                            + "'");
        }
    }
}
