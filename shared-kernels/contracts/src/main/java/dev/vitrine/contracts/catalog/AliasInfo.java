package dev.vitrine.contracts.catalog;

import java.time.Instant;

/**
 * A second name of a catalogue.
 *
 * @param alias the name
 * @param catalog the catalogue that it stands for
 * @param version grows with each change of the name, from 1
 * @param updatedAt when it began to stand for that
 */
public record AliasInfo(String alias, String catalog, long version, Instant updatedAt) {}
