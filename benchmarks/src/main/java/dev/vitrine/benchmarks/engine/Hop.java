package dev.vitrine.benchmarks.engine;

import dev.vitrine.benchmarks.load.HttpCall;
import java.net.URI;
import java.util.List;

/**
 * The same searches further inside: what a hop costs is the difference to the one outside of it.
 *
 * @param name as in the report
 * @param address the service that is asked
 * @param calls the requests it gets
 */
public record Hop(String name, URI address, List<HttpCall> calls) {}
