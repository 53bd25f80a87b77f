package dev.vitrine.gateway.task;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * That a committed write becomes searchable. The task's id names the write, so nothing is kept and
 * any gateway can answer for it, at any time.
 *
 * @param catalog real name of the catalogue
 * @param version version of the product, or of its deletion
 * @param product product id
 */
public record SearchableTask(String catalog, long version, String product) {

    private static final String PREFIX = "searchable-";

    /** The id: URL-safe. */
    public String id() {
        return PREFIX
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                (catalog + '/' + version + '/' + product)
                                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Whether an id is one of these, readable or not. */
    static boolean claims(String id) {
        return id.startsWith(PREFIX);
    }

    /** Reads what {@link #id()} wrote. */
    static Optional<SearchableTask> parse(String id) {
        String text;
        try {
            text =
                    new String(
                            Base64.getUrlDecoder().decode(id.substring(PREFIX.length())),
                            StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        String[] parts = text.split("/", 3);
        return parts.length == 3
                        && CatalogRef.isName(parts[0])
                        && parts[1].matches("\\d{1,18}")
                        && ProductKey.isId(parts[2])
                ? Optional.of(new SearchableTask(parts[0], Long.parseLong(parts[1]), parts[2]))
                : Optional.empty();
    }
}
