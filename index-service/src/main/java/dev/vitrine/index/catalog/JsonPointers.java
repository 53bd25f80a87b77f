package dev.vitrine.index.catalog;

/** Steps of JSON pointers (RFC 6901). */
final class JsonPointers {

    private JsonPointers() {}

    /** A pointer to a member of what {@code parent} points to. */
    static String member(String parent, String name) {
        return parent + '/' + name.replace("~", "~0").replace("/", "~1");
    }

    /** A pointer to an element of what {@code parent} points to. */
    static String element(String parent, int index) {
        return parent + '/' + index;
    }
}
