package dev.vitrine.index.store;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.embedding.ProductEmbedded;
import dev.vitrine.kernels.vector.VectorMath;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The twin for tests of what uses a store. */
final class InMemoryEmbeddingStore implements EmbeddingStore {

    private final Map<ProductKey, ProductEmbedded> vectors = new ConcurrentHashMap<>();

    @Override
    public void upsertAll(Collection<ProductEmbedded> added) {
        for (ProductEmbedded vector : added) {
            vectors.merge(
                    vector.key(),
                    vector,
                    (old, now) -> now.productVersion() >= old.productVersion() ? now : old);
        }
    }

    @Override
    public void deleteAll(Collection<Deletion> deletions) {
        for (Deletion deletion : deletions) {
            vectors.computeIfPresent(
                    deletion.key(),
                    (key, kept) -> kept.productVersion() <= deletion.version() ? null : kept);
        }
    }

    @Override
    public Optional<ProductEmbedded> find(ProductKey key) {
        return Optional.ofNullable(vectors.get(key));
    }

    @Override
    public List<Neighbour> nearest(CatalogRef catalog, String model, float[] query, int k) {
        NearestNeighbours best = new NearestNeighbours(k);
        vectors.values().stream()
                .filter(v -> v.key().catalog().equals(catalog) && v.model().equals(model))
                .forEach(v -> best.offer(v.key().id(), VectorMath.dot(query, v.vector())));
        return best.sorted();
    }

    @Override
    public long count(CatalogRef catalog) {
        return vectors.keySet().stream().filter(key -> key.catalog().equals(catalog)).count();
    }

    @Override
    public String description() {
        return "in memory";
    }
}
