package dev.vitrine.contracts.interaction;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a visitor did, or was shown. */
public enum InteractionType {
    /** A query was answered. */
    @JsonProperty("search")
    SEARCH,
    /** Products were shown. */
    @JsonProperty("impression")
    IMPRESSION,
    /** A shown product was chosen. */
    @JsonProperty("click")
    CLICK,
    /** A product's page was looked at. */
    @JsonProperty("view")
    VIEW,
    @JsonProperty("cart-add")
    CART_ADD,
    @JsonProperty("cart-remove")
    CART_REMOVE,
    @JsonProperty("purchase")
    PURCHASE;

    private static final Map<String, InteractionType> BY_NAME =
            Arrays.stream(values())
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    InteractionType::wireName, Function.identity()));

    /** Whether it tells what a visitor wants. Being shown or taken back is no wish. */
    public boolean isWish() {
        return switch (this) {
            case CLICK, VIEW, CART_ADD, PURCHASE -> true;
            case SEARCH, IMPRESSION, CART_REMOVE -> false;
        };
    }

    /** The name in JSON, e.g. {@code cart-add}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The type of that name in JSON. */
    public static Optional<InteractionType> of(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }
}
