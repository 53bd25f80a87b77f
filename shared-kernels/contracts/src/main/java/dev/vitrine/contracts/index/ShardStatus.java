package dev.vitrine.contracts.index;

/**
 * How far a shard is with a catalogue.
 *
 * @param searchable products in the published generation
 * @param withVector those of them that the semantic leg finds
 * @param semanticPending those whose text is newer than their vector
 * @param behind records of the state topics that are not applied yet
 * @param generation number of the published generation
 * @param schemaVersion version of the schema in use
 */
public record ShardStatus(
        int searchable,
        int withVector,
        int semanticPending,
        long behind,
        long generation,
        long schemaVersion) {}
