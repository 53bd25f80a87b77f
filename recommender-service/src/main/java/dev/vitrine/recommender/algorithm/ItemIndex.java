package dev.vitrine.recommender.algorithm;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Item ids as dense numbers, in the order of the ids. Immutable. */
public final class ItemIndex {
    private final String[] ids;
    private final Map<String, Integer> ordinals;

    private ItemIndex(String[] ids) {
        this.ids = ids;
        this.ordinals = HashMap.newHashMap(ids.length);
        for (int ordinal = 0; ordinal < ids.length; ordinal++) {
            ordinals.put(ids[ordinal], ordinal);
        }
    }

    /** All items of some occasions. */
    public static ItemIndex of(Collection<Occasion> occasions) {
        return new ItemIndex(
                occasions.stream()
                        .flatMap(occasion -> occasion.items().stream())
                        .distinct()
                        .sorted()
                        .toArray(String[]::new));
    }

    public int size() {
        return ids.length;
    }

    public String id(int ordinal) {
        return ids[ordinal];
    }

    /** The number of an item, or -1. */
    public int ordinal(String id) {
        return ordinals.getOrDefault(id, -1);
    }

    /** The numbers of the known items, in order. */
    public int[] ordinals(List<String> items) {
        return items.stream().mapToInt(this::ordinal).filter(ordinal -> ordinal >= 0).toArray();
    }

    /**
     * For each item the rows that contain it, ascending.
     *
     * @param rows item numbers by row, each at most once in a row
     */
    public int[][] invert(int[][] rows) {
        int[] counts = new int[size()];
        for (int[] row : rows) {
            for (int item : row) {
                counts[item]++;
            }
        }
        int[][] inverted = new int[size()][];
        for (int item = 0; item < inverted.length; item++) {
            inverted[item] = new int[counts[item]];
        }
        Arrays.fill(counts, 0);
        for (int row = 0; row < rows.length; row++) {
            for (int item : rows[row]) {
                inverted[item][counts[item]++] = row;
            }
        }
        return inverted;
    }
}
