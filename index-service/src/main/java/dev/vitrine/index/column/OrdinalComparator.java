package dev.vitrine.index.column;

/** Compares two numbered things, ordinals or candidates, without boxing them. */
@FunctionalInterface
public interface OrdinalComparator {

    /** Negative when {@code a} comes first. */
    int compare(int a, int b);

    /** This order, and where it finds no difference the other one. */
    default OrdinalComparator then(OrdinalComparator other) {
        return (a, b) -> {
            int order = compare(a, b);
            return order != 0 ? order : other.compare(a, b);
        };
    }
}
