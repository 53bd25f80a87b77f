package dev.vitrine.index.store;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The best k of what it is offered. One thread. */
final class NearestNeighbours {

    private static final Comparator<EmbeddingStore.Neighbour> BEST_FIRST =
            Comparator.comparingDouble(EmbeddingStore.Neighbour::score)
                    .reversed()
                    .thenComparing(EmbeddingStore.Neighbour::id);

    private final int k;
    private final PriorityQueue<EmbeddingStore.Neighbour> worstFirst =
            new PriorityQueue<>(BEST_FIRST.reversed());

    NearestNeighbours(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1: " + k);
        }
        this.k = k;
    }

    void offer(String id, double score) {
        worstFirst.add(new EmbeddingStore.Neighbour(id, score));
        if (worstFirst.size() > k) {
            worstFirst.remove();
        }
    }

    List<EmbeddingStore.Neighbour> sorted() {
        return worstFirst.stream().sorted(BEST_FIRST).toList();
    }
}
