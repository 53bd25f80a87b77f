package dev.vitrine.recommender.algorithm;

import java.util.Arrays;

/**
 * Sums of scores by item number, for a few thousand of possibly millions of items: an open hash
 * table, so that a query costs what it touches. Not thread-safe.
 */
public final class ItemScores {
    private int[] keys = new int[256];
    private double[] sums = new double[256];
    private double[] greatest = new double[256];
    private int[] causes = new int[256];
    private int[] counts = new int[256];
    private int size;

    public ItemScores() {
        Arrays.fill(keys, -1);
    }

    /**
     * Adds to the score of an item.
     *
     * @param cause what the addition comes from; the greatest one is remembered
     */
    public void add(int item, double score, int cause) {
        if (2 * size >= keys.length) {
            grow();
        }
        int slot = slot(item);
        if (keys[slot] < 0) {
            keys[slot] = item;
            size++;
        }
        sums[slot] += score;
        counts[slot]++;
        if (score > greatest[slot]) {
            greatest[slot] = score;
            causes[slot] = cause;
        }
    }

    /** Items with a score. */
    public int size() {
        return size;
    }

    /** The items, in no order. */
    public int[] items() {
        return Arrays.stream(keys).filter(key -> key >= 0).toArray();
    }

    /** The sum of an item that has one. */
    public double sum(int item) {
        return sums[slot(item)];
    }

    /** How often something was added to an item that has a sum. */
    public int count(int item) {
        return counts[slot(item)];
    }

    /** Where the greatest addition came from. */
    public int cause(int item) {
        return causes[slot(item)];
    }

    private int slot(int item) {
        int mask = keys.length - 1;
        int slot = ((item * 0x9E3779B9) >>> 7) & mask;
        while (keys[slot] >= 0 && keys[slot] != item) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldKeys = keys;
        double[] oldSums = sums;
        double[] oldGreatest = greatest;
        int[] oldCauses = causes;
        int[] oldCounts = counts;
        int length = 2 * oldKeys.length;
        keys = new int[length];
        Arrays.fill(keys, -1);
        sums = new double[length];
        greatest = new double[length];
        causes = new int[length];
        counts = new int[length];
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldKeys[old] >= 0) {
                int slot = slot(oldKeys[old]);
                keys[slot] = oldKeys[old];
                sums[slot] = oldSums[old];
                greatest[slot] = oldGreatest[old];
                causes[slot] = oldCauses[old];
                counts[slot] = oldCounts[old];
            }
        }
    }
}
