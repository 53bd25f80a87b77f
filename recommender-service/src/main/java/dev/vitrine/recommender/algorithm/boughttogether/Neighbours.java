package dev.vitrine.recommender.algorithm.boughttogether;

/** The items that go with one item, heaviest first, as plain arrays. Written once, then read. */
final class Neighbours {
    private final int[] items;
    private final double[] weights;
    private final int[] supports;
    private final float[] lifts;

    Neighbours(int size) {
        this.items = new int[size];
        this.weights = new double[size];
        this.supports = new int[size];
        this.lifts = new float[size];
    }

    void set(int i, int item, double weight, int support, double lift) {
        items[i] = item;
        weights[i] = weight;
        supports[i] = support;
        lifts[i] = (float) lift;
    }

    int size() {
        return items.length;
    }

    int item(int i) {
        return items[i];
    }

    double weight(int i) {
        return weights[i];
    }

    /** Baskets with both. */
    int support(int i) {
        return supports[i];
    }

    /** How many times as often as by chance. */
    double lift(int i) {
        return lifts[i];
    }

    /** Where an item stands, or -1. */
    int find(int item) {
        for (int i = 0; i < items.length; i++) {
            if (items[i] == item) {
                return i;
            }
        }
        return -1;
    }
}
