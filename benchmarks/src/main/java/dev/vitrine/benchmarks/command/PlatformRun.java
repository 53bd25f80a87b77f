package dev.vitrine.benchmarks.command;

import dev.vitrine.benchmarks.catalog.Product;
import dev.vitrine.benchmarks.catalog.Question;
import dev.vitrine.benchmarks.engine.Engine;
import dev.vitrine.benchmarks.engine.Hop;
import dev.vitrine.benchmarks.engine.Workload;
import dev.vitrine.benchmarks.load.ClosedLoop;
import dev.vitrine.benchmarks.load.Feed;
import dev.vitrine.benchmarks.load.HttpAnswer;
import dev.vitrine.benchmarks.load.HttpCall;
import dev.vitrine.benchmarks.load.HttpConnection;
import dev.vitrine.benchmarks.load.Measurement;
import dev.vitrine.benchmarks.load.ProcessorTime;
import dev.vitrine.benchmarks.load.UpdateProbe;
import dev.vitrine.benchmarks.report.PlatformReport;
import dev.vitrine.evaluation.Judgments;
import dev.vitrine.evaluation.SearchEvaluation;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One run over all engines: each part is measured engine by engine, in turns. */
final class PlatformRun {

    private static final int DEPTH = 50;
    private static final int BATCH = 250;
    private static final int FEED_BATCHES = 20;

    private final List<Engine> engines;
    private final int clients;
    private final Duration time;
    private final PlatformReport report;
    private final PrintWriter out;

    PlatformRun(
            List<Engine> engines,
            int clients,
            Duration time,
            PlatformReport report,
            PrintWriter out) {
        this.engines = engines;
        this.clients = clients;
        this.time = time;
        this.report = report;
        this.out = out;
    }

    /** Something that is measured round by round. */
    private static final class Line {

        private final String label;
        private final Map<String, Long> processes;
        private final URI address;
        private final List<HttpCall> calls;
        private final Predicate<HttpAnswer> good;
        private final Consumer<List<Measurement>> result;
        private final AtomicInteger next = new AtomicInteger();
        private final List<Measurement> rounds = new ArrayList<>();

        Line(
                String label,
                Map<String, Long> processes,
                URI address,
                List<HttpCall> calls,
                Predicate<HttpAnswer> good,
                Consumer<List<Measurement>> result) {
            this.label = label;
            this.processes = processes;
            this.address = address;
            this.calls = calls;
            this.good = good;
            this.result = result;
        }
    }

    /** Ranking quality of every engine on the same judgements. */
    void quality(Judgments judgments) throws IOException {
        SearchEvaluation evaluation = new SearchEvaluation(SearchEvaluation.DEFAULT_RELEVANT_FROM);
        for (Engine engine : engines) {
            for (String mode : List.of("lexical", "hybrid")) {
                Map<String, List<String>> rankings = new LinkedHashMap<>();
                for (String query : judgments.queries()) {
                    rankings.put(query, engine.ranking(query, mode.equals("hybrid"), DEPTH));
                }
                report.quality(engine.name(), mode, evaluation.evaluate(judgments, rankings));
            }
        }
    }

    /**
     * Warms every engine up, then measures in rounds; the order of the engines turns from round to
     * round.
     *
     * @param warm questions that are asked before they count, so that their vectors are known
     * @param fresh questions of the workload without known vectors
     * @param hops services inside of the first engine
     */
    void searches(
            List<Question> warm, List<Question> fresh, List<Hop> hops, Duration warmUp, int rounds)
            throws InterruptedException {
        List<Line> lines = new ArrayList<>();
        for (Workload workload : Workload.values()) {
            for (Engine engine : engines) {
                if (engine.workloads().contains(workload)) {
                    boolean uncached = workload == Workload.HYBRID_UNCACHED;
                    lines.add(
                            new Line(
                                    engine.name() + ' ' + workload.key(),
                                    engine.processes(),
                                    engine.address(),
                                    engine.calls(workload, uncached ? fresh : warm),
                                    engine::good,
                                    measured ->
                                            report.workload(
                                                    engine.name(), workload.key(), measured)));
                }
            }
        }
        Engine ours = engines.getFirst();
        for (Hop hop : hops) {
            lines.add(
                    new Line(
                            hop.name(),
                            ours.processes(),
                            hop.address(),
                            hop.calls(),
                            answer -> answer.status() == 200,
                            measured -> report.hop(hop.name(), measured)));
        }
        for (Engine engine : engines) {
            warmUp(engine, lines, warmUp);
        }
        for (int round = 0; round < rounds; round++) {
            List<Line> order = new ArrayList<>(lines);
            if (round % 2 == 1) {
                Collections.reverse(order);
            }
            for (Line line : order) {
                line.rounds.add(run(line, time));
                say(round, line);
            }
        }
        lines.forEach(line -> line.result.accept(line.rounds));
    }

    private void warmUp(Engine engine, List<Line> all, Duration warmUp)
            throws InterruptedException {
        List<Line> lines =
                all.stream().filter(line -> line.processes.equals(engine.processes())).toList();
        // Short turns, so that no workload is compiled for alone.
        int turns = 3;
        Duration part = warmUp.dividedBy((long) turns * lines.size());
        for (int turn = 0; turn < turns; turn++) {
            for (Line line : lines) {
                run(line, part);
            }
        }
    }

    private Measurement run(Line line, Duration duration) throws InterruptedException {
        return new ClosedLoop(clients, line.processes)
                .run(line.address, line.calls, line.next, line.good, duration);
    }

    private void say(int round, Line line) {
        Measurement last = line.rounds.getLast();
        out.printf(
                "%d %-36s %7.0f/s p50 %6.2f p95 %6.2f p99 %6.2f ms, errors %d, generator %.1f %%%n",
                round + 1,
                line.label,
                last.requestsPerSecond(),
                last.millis(0.5),
                last.millis(0.95),
                last.millis(0.99),
                last.errors(),
                100 * last.generatorShare());
        out.flush();
    }

    /** Single price changes on an idle engine, from the write until a search shows them. */
    void updates(List<Product> products, int count) throws IOException {
        for (Engine engine : engines) {
            List<UpdateProbe.Update> updates = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Product product = products.get(i * (products.size() / count));
                double price = 10_000 + i + 0.25;
                updates.add(
                        new UpdateProbe.Update(
                                engine.setPrice(product, price), engine.findPrice(product, price)));
            }
            report.workload(
                    engine.name(),
                    "updateToSearchable",
                    List.of(UpdateProbe.run(engine.address(), updates, engine::found)));
        }
    }

    /** Hybrid searches while products come in with other prices and descriptions. */
    void searchDuringImport(List<Question> questions, List<Product> products)
            throws IOException, InterruptedException {
        List<List<Product>> batches = new ArrayList<>();
        for (int i = 0; i < FEED_BATCHES; i++) {
            batches.add(products.subList(i * BATCH, (i + 1) * BATCH));
        }
        for (Engine engine : engines) {
            List<HttpCall> feed = new ArrayList<>();
            batches.forEach(batch ->
                    feed.add(
                            engine.importBatch(batch.stream().map(PlatformRun::changed).toList())));
            batches.forEach(batch -> feed.add(engine.importBatch(batch)));
            Line line =
                    new Line(
                            "",
                            engine.processes(),
                            engine.address(),
                            engine.calls(Workload.HYBRID_FACETS, questions),
                            engine::good,
                            measured -> {});
            Feed running = new Feed(engine.address(), feed);
            Measurement searches;
            int imported;
            try (running) {
                searches = run(line, time);
                imported = running.batches() * BATCH;
            }
            report.duringImport(engine.name(), searches, imported / searches.seconds());
            // The catalogue as it was, for whoever measures next.
            try (HttpConnection connection = new HttpConnection(engine.address())) {
                for (List<Product> batch : batches) {
                    if (connection.send(engine.importBatch(batch)).status() != 200) {
                        throw new IOException(engine.name() + " refuses the last import");
                    }
                }
            }
        }
    }

    private static Product changed(Product product) {
        var document = product.document().deepCopy();
        document.put("price", document.path("price").asDouble(0) + 1);
        document.put("short_description", product.text("short_description") + " reviewed");
        return new Product(product.id(), document);
    }

    void memory(int products) throws IOException {
        for (Engine engine : engines) {
            Map<String, Long> megabytes = new LinkedHashMap<>();
            for (Map.Entry<String, Long> process : engine.processes().entrySet()) {
                megabytes.put(process.getKey(), ProcessorTime.megabytes(process.getValue()));
            }
            report.memory(engine.name(), megabytes, products);
        }
    }
}
