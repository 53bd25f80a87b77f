package dev.vitrine.gateway.console;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the web page may do.
 *
 * @param images whether it shows product images; off, it shows placeholders and calls nobody
 * @param imageSources where images may come from, as sources of a content security policy, e.g.
 *     {@code https://images.example.com}; empty with {@code images} on = any {@code https:}
 * @param currency ISO 4217 code in which prices are shown, or one for each catalogue, {@code
 *     shoes=EUR,gifts=GBP}; null or empty = plain numbers
 */
@Validated
@ConfigurationProperties("gateway.console")
public record ConsoleProperties(
        @DefaultValue("false") boolean images,
        @DefaultValue List<String> imageSources,
        @Nullable String currency) {

    private static final String CURRENCY = "[A-Z]{3}";
    private static final String EACH = "[a-z0-9][a-z0-9_-]{0,62}=" + CURRENCY;

    public ConsoleProperties {
        imageSources = List.copyOf(imageSources);
        currency = currency == null || currency.isEmpty() ? null : currency;
        if (currency != null && !currency.matches(CURRENCY + "|" + EACH + "(," + EACH + ")*")) {
            throw new IllegalArgumentException("not a currency: '" + currency + "'");
        }
        for (String source : imageSources) {
            if (!source.matches("[A-Za-z0-9.:/*_-]+")) {
                throw new IllegalArgumentException("not a source of images: '" + source + "'");
            }
        }
    }

    /** The currency of every catalogue without one of its own, or null. */
    @Nullable String currencyOfAll() {
        return currency == null || currency.contains("=") ? null : currency;
    }

    /** Currencies by catalogue. */
    Map<String, String> currencies() {
        return currency == null || !currency.contains("=")
                ? Map.of()
                : Arrays.stream(currency.split(",", -1))
                        .map(each -> each.split("=", 2))
                        .collect(Collectors.toUnmodifiableMap(each -> each[0], each -> each[1]));
    }

    /** The policy that every answer carries. */
    public String contentSecurityPolicy() {
        StringBuilder policy = new StringBuilder("default-src 'self'; img-src 'self' data:");
        if (images) {
            policy.append(' ')
                    .append(imageSources.isEmpty() ? "https:" : String.join(" ", imageSources));
        }
        return policy.toString();
    }
}
