package dev.vitrine.standalone.drill;

import dev.vitrine.standalone.drill.Answers.Kind;
import dev.vitrine.standalone.runtime.Part;
import java.util.Set;

/**
 * What may be answered while a part is down: the table of the README. What is not named here must
 * be answered well.
 */
final class AllowedAnswers {
    private static final Set<String> AWAY = Set.of("503 UNAVAILABLE", "503 INDEX_UNAVAILABLE");

    /** What a killed process leaves of its answers, and of the streams that pass through it. */
    private static final Set<String> BROKEN = Set.of(Answers.NONE, Answers.CUT_OFF, "broken off");

    private AllowedAnswers() {}

    static boolean allow(Part down, Kind kind, String said) {
        if (said.equals(Answers.GOOD)) {
            return true;
        }
        return switch (down) {
            case GATEWAY -> said.equals(Answers.REFUSED) || BROKEN.contains(said);
            case RETRIEVAL -> kind == Kind.SEARCH && AWAY.contains(said);
            // With one replica there is nothing left to answer from.
            case INDEX ->
                    switch (kind) {
                        case SEARCH -> AWAY.contains(said);
                        case WRITE -> AWAY.contains(said) || BROKEN.contains(said);
                        case EVENT -> false;
                    };
            case EMBEDDING -> kind == Kind.SEARCH && said.equals("partial embedding");
            case RECOMMENDER -> false;
            case POSTGRESQL ->
                    kind == Kind.WRITE && (AWAY.contains(said) || said.equals("line UNAVAILABLE"));
            case KAFKA -> kind == Kind.EVENT && said.startsWith("503");
        };
    }
}
