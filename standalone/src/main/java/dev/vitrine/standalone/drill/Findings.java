package dev.vitrine.standalone.drill;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with the products after a fault, counted over all places. Not for threads. */
final class Findings {
    private static final int EXAMPLES = 8;

    private final List<String> examples = new ArrayList<>();
    private int lost;
    private int duplicated;
    private int stale;
    private int resurrected;

    /** An acknowledged product is missing in a place. */
    void lost(String place, String id) {
        lost++;
        example("lost", place, id);
    }

    /** A place holds a product twice. */
    void duplicated(String place, String id) {
        duplicated++;
        example("duplicated", place, id);
    }

    /** A place holds something else than the last version. */
    void stale(String place, String id) {
        stale++;
        example("stale", place, id);
    }

    /** A place holds a product that is not there any more, or never was. */
    void resurrected(String place, String id) {
        resurrected++;
        example("resurrected", place, id);
    }

    /** Compares what a place holds with what it should hold. */
    void compare(String place, String id, Content expected, Content found) {
        if (found.equals(expected)) {
            return;
        }
        if (!found.present()) {
            lost(place, id);
        } else if (!expected.present()) {
            resurrected(place, id);
        } else {
            stale(place, id);
        }
    }

    private void example(String what, String place, String id) {
        if (examples.size() < EXAMPLES) {
            examples.add(what + " in " + place + ": " + id);
        }
    }

    int lost() {
        return lost;
    }

    int duplicated() {
        return duplicated;
    }

    int stale() {
        return stale;
    }

    int resurrected() {
        return resurrected;
    }

    /** The first ones by name. */
    List<String> examples() {
        return List.copyOf(examples);
    }
}
