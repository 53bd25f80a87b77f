package dev.vitrine.benchmarks.engine;

import dev.vitrine.benchmarks.catalog.Question;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Vitrine's own services, asked past the gateway. */
public final class Hops {

    private static final float[] NO_VECTOR = {};

    private Hops() {}

    /** Retrieval and the index shard, each with both kinds of search. */
    public static List<Hop> of(VitrineProcess vitrine, List<Question> questions, Vectors vectors) {
        URI retrieval = vitrine.address("retrieval");
        URI index = vitrine.address("index");
        List<Hop> hops = new ArrayList<>();
        for (Workload workload : List.of(Workload.LEXICAL_FACETS, Workload.HYBRID_FACETS)) {
            hops.add(
                    new Hop(
                            "retrieval." + workload.key(),
                            retrieval,
                            questions.stream()
                                    .map(question ->
                                            VitrineCalls.search(retrieval, workload, question))
                                    .toList()));
            boolean lexical = workload == Workload.LEXICAL_FACETS;
            hops.add(
                    new Hop(
                            "index." + workload.key(),
                            index,
                            questions.stream()
                                    .map(question ->
                                            VitrineCalls.execute(
                                                    index,
                                                    question,
                                                    lexical
                                                            ? NO_VECTOR
                                                            : vectors.ofQuery(question.text()),
                                                    vectors.model()))
                                    .toList()));
        }
        return hops;
    }
}
