package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.engine.VectorSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Everything that a view says to some queries, to the bit. */
final class Answers {

    private Answers() {}

    /**
     * @param ordinalsMax scores are asked for ordinals below it
     */
    static List<Object> of(VectorSearch search, float[][] queries, int ordinalsMax) {
        List<Object> answers = new ArrayList<>();
        answers.add(search.rowCount());
        answers.add(search.ordinalLimit());
        int[] ordinals = new Random(5).ints(200, -1, ordinalsMax).toArray();
        RowFilter half = index -> 0x5555_5555_0F0F_0F0FL;
        for (float[] query : queries) {
            add(answers, search.topK(query, 10, RowFilter.ALL));
            add(answers, search.topK(query, 10, half));
            add(answers, search.topK(query, 2_000, RowFilter.ALL));
            add(answers, search.range(query, 0.4f, RowFilter.ALL));
            for (float score : search.scores(query, ordinals)) {
                answers.add(Float.floatToIntBits(score));
            }
        }
        return answers;
    }

    private static void add(List<Object> answers, RowMatches matches) {
        for (int rank = 0; rank < matches.size(); rank++) {
            answers.add(matches.ordinal(rank));
            answers.add(Float.floatToIntBits(matches.score(rank)));
        }
    }
}
