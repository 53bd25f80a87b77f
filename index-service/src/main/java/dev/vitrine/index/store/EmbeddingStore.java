package dev.vitrine.index.store;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.embedding.ProductEmbedded;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps the present vector of every product. Thread-safe; joins a transaction that is open. */
public interface EmbeddingStore {

    /** Consumer group whose committed offsets say which vectors of the topic are kept here. */
    String INTAKE_GROUP = "index-writer";

    /**
     * Keeps vectors, all or none. A vector of an earlier product version than the kept one is
     * ignored; an equal version replaces, because another model may have made it.
     *
     * @param vectors each product at most once
     */
    void upsertAll(Collection<ProductEmbedded> vectors);

    /**
     * Forgets vectors of deleted products. One that came from a later version than the deletion
     * stays.
     *
     * @param deletions each product at most once
     */
    void deleteAll(Collection<Deletion> deletions);

    /** The vector of a product. */
    Optional<ProductEmbedded> find(ProductKey key);

    /**
     * The products of a catalogue whose vectors are nearest, exactly.
     *
     * @param catalog the catalogue
     * @param model only vectors of this model, which have the query's length
     * @param query unit length
     * @param k most neighbours, at least 1
     * @return highest score first, equal scores by id
     */
    List<Neighbour> nearest(CatalogRef catalog, String model, float[] query, int k);

    /** Vectors of a catalogue. */
    long count(CatalogRef catalog);

    /** What holds the vectors, and why: for log and {@code /actuator/info}. */
    String description();

    /**
     * A product that is gone.
     *
     * @param key the product
     * @param version version of its deletion
     */
    record Deletion(ProductKey key, long version) {}

    /**
     * A product near a query.
     *
     * @param id product id
     * @param score dot product, higher is nearer
     */
    record Neighbour(String id, double score) {}
}
