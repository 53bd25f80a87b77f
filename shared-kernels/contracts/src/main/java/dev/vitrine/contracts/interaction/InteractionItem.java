package dev.vitrine.contracts.interaction;

import org.jspecify.annotations.Nullable;

/**
 * One product of an interaction.
 *
 * @param id product id
 * @param position place in the list that was shown, from 1
 * @param price of one piece, in the shop's currency
 * @param quantity pieces
 */
public record InteractionItem(
        String id, @Nullable Integer position, @Nullable Double price, @Nullable Double quantity) {}
