package dev.vitrine.recommender.interaction;

/**
 * What is kept takes so many bytes, each with its part of the models made of it: object headers of
 * 12 bytes, references of 4, sizes rounded up to 8, tables as full as they are on average. {@code
 * RATIONALE.md} has what was measured.
 */
final class Footprint {
    /*
     * The visit with its list (72), a place in the table by key, in that by visitor (40 each) and in
     * the order by time (40); in the models a row (24).
     */
    private static final int VISIT = 216;
    /* The step and its time (24 each), a place in the list (6); in the models two numbers. */
    private static final int STEP = 62;
    /* The occasion, its time and its list (88), a place in the order (40); in the models a row (32). */
    private static final int BASKET = 160;
    /* A place in the list; in the models two numbers. */
    private static final int BASKET_ITEM = 12;
    /*
     * The item and its place in the table (64); in the models its places in two indexes (120), its
     * list of visits (28) and what trends (52).
     */
    private static final int ITEM = 264;

    /** An item that was bought with others: its place in a third index, its empty lists. */
    static final int PAIRED = 168;

    /** One neighbour of an item in what is bought together. */
    static final int NEIGHBOUR = 20;

    private Footprint() {}

    static long visit(String key, String visitorId, int steps) {
        return VISIT + string(key) + string(visitorId) + (long) STEP * steps;
    }

    static long basket(String id, int items) {
        return BASKET + string(id) + (long) BASKET_ITEM * items;
    }

    static long item(String id) {
        return ITEM + string(id);
    }

    /** A character takes two bytes in all of a text if one is beyond Latin 1. */
    private static long string(String text) {
        boolean wide = text.chars().anyMatch(c -> c > 0xFF);
        return 24 + ((16 + (wide ? 2L : 1L) * text.length() + 7) & ~7L);
    }
}
