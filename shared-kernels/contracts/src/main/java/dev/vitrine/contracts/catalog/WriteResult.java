package dev.vitrine.contracts.catalog;

/**
 * What a committed write of one product did.
 *
 * @param id product id
 * @param version version after the write
 * @param status what happened
 */
public record WriteResult(String id, long version, WriteStatus status) {}
