package dev.vitrine.recommender.interaction;

import dev.vitrine.recommender.algorithm.boughttogether.BoughtTogetherParameters;
import java.util.HashMap;
import java.util.Map;

/**
 * The item ids of one catalogue's occasions, each held once, and what they take here and in models.
 * Not thread-safe.
 */
final class ItemIds {
    private static final BoughtTogetherParameters PAIRS = BoughtTogetherParameters.DEFAULT;

    private static final class Item {
        private final String id;
        private int uses;
        // With other items of a basket, each basket counted: the most neighbours it can have.
        private long pairs;

        Item(String id) {
            this.id = id;
        }

        long pairBytes() {
            return pairs == 0
                    ? 0
                    : Footprint.PAIRED
                            + Footprint.NEIGHBOUR * Math.min(pairs, PAIRS.neighboursMax());
        }
    }

    private final Map<String, Item> items = new HashMap<>();
    private long bytes;

    long bytes() {
        return bytes;
    }

    /** Uses an id in a visit; the one copy of it. */
    String take(String id) {
        return take(id, 0);
    }

    /** Uses an id in a basket; the one copy of it. */
    String take(String id, int place, int basketItems) {
        return take(id, pairs(place, basketItems));
    }

    void release(String id) {
        release(id, 0);
    }

    void release(String id, int place, int basketItems) {
        release(id, pairs(place, basketItems));
    }

    private String take(String id, int pairs) {
        Item item = items.get(id);
        if (item == null) {
            item = new Item(id);
            items.put(id, item);
            bytes += Footprint.item(id);
        }
        item.uses++;
        pair(item, pairs);
        return item.id;
    }

    private void release(String id, int pairs) {
        Item item = items.get(id);
        if (item == null) {
            throw new IllegalStateException(id + " is not in use");
        }
        pair(item, -pairs);
        if (--item.uses == 0) {
            items.remove(id);
            bytes -= Footprint.item(id);
        }
    }

    private void pair(Item item, int pairs) {
        bytes -= item.pairBytes();
        item.pairs += pairs;
        bytes += item.pairBytes();
    }

    /** The trainer passes over the items of a basket behind its first ones. */
    private static int pairs(int place, int basketItems) {
        return place < PAIRS.itemsMax() ? Math.min(basketItems, PAIRS.itemsMax()) - 1 : 0;
    }
}
