package dev.vitrine.benchmarks.command;

import dev.vitrine.benchmarks.catalog.Question;
import dev.vitrine.benchmarks.engine.Engine;
import dev.vitrine.benchmarks.engine.Hop;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * The engines of one run, ended together.
 *
 * @param all ours first
 * @param inside the hops inside of ours, for the questions asked
 */
record Engines(List<Engine> all, Function<List<Question>, List<Hop>> inside)
        implements AutoCloseable {

    List<Hop> hops(List<Question> questions) {
        return inside.apply(questions);
    }

    @Override
    public void close() throws IOException {
        for (Engine engine : all.reversed()) {
            engine.close();
        }
    }
}
