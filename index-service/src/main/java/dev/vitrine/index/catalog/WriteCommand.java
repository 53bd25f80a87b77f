package dev.vitrine.index.catalog;

import java.util.Map;

/**
 * What is to happen to one product. Documents have passed {@code DocumentReader}; they are typed by
 * the schema within the transaction.
 */
public sealed interface WriteCommand {

    /** Product id, valid. */
    String id();

    /**
     * Replaces the product, or creates it.
     *
     * @param id product id
     * @param document all its fields
     * @param createOnly whether an existing product is an error
     * @param precondition what must hold before
     */
    record Put(
            String id, Map<String, Object> document, boolean createOnly, Precondition precondition)
            implements WriteCommand {}

    /**
     * Changes some fields of an existing product (JSON merge patch).
     *
     * @param id product id
     * @param patch the fields to change; null removes
     * @param precondition what must hold before
     */
    record Merge(String id, Map<String, Object> patch, Precondition precondition)
            implements WriteCommand {}

    /**
     * Deletes the product.
     *
     * @param id product id
     * @param mustExist whether a missing product is an error, else it is {@code unchanged}
     * @param precondition what must hold before
     */
    record Delete(String id, boolean mustExist, Precondition precondition)
            implements WriteCommand {}
}
