package dev.vitrine.standalone.drill;

import dev.vitrine.standalone.client.ApiException;
import dev.vitrine.standalone.client.VitrineClient;
import dev.vitrine.standalone.drill.Answers.Kind;
import dev.vitrine.standalone.runtime.Part;
import dev.vitrine.standalone.runtime.PartState;
import dev.vitrine.standalone.runtime.ProcessRef;
import dev.vitrine.standalone.runtime.StartFailedException;
import dev.vitrine.standalone.runtime.Supervisor;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Lets parts of a running Vitrine fail at random moments of a shop's work, has the supervisor start
 * them again, and looks whether anything was lost, doubled or revived. Used by one thread, once.
 */
public final class Drill {
    static final String TENANT = "default";
    static final String CATALOG = "drill";
    static final int HIGHEST_PRICE = 1_000;

    private static final int WARM_UP_MILLIS = 400;
    private static final int STRIKE_WITHIN_MILLIS = 3_000;
    private static final Duration RECOVERY_WITHIN = Duration.ofMinutes(4);
    private static final Duration EVENTS_WITHIN = Duration.ofSeconds(30);
    private static final Duration GO_ON = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Supervisor vitrine;
    private final URI gateway;
    private final Plan plan;
    private final Consumer<String> say;
    private final Consumer<DrillReport> each;
    private final Titles titles = new Titles();
    private final Ledger ledger;
    private final EventLedger eventLedger = new EventLedger();
    private final AtomicLong writes = new AtomicLong();

    /**
     * What to work with.
     *
     * @param products size of the catalogue
     * @param vectorSample changed products that are looked for by meaning after each fault
     * @param seed of everything random
     */
    public record Plan(int products, int vectorSample, long seed) {}

    /** Ends the process of a part, which is started again once this returns. */
    @FunctionalInterface
    interface Strike {
        void at(Part part, ProcessHandle process);
    }

    /**
     * @param vitrine runs, in processes
     * @param each told the report so far after every fault
     */
    public Drill(
            Supervisor vitrine,
            URI gateway,
            Plan plan,
            Consumer<String> say,
            Consumer<DrillReport> each) {
        this.vitrine = vitrine;
        this.gateway = gateway;
        this.plan = plan;
        this.say = say;
        this.each = each;
        this.ledger =
                new Ledger(IntStream.range(0, plan.products()).mapToObj(Drill::idOf).toList());
    }

    static String idOf(int number) {
        return "p" + number;
    }

    static int numberOf(String id) {
        return Integer.parseInt(id.substring(1));
    }

    /**
     * Kills parts with {@code kill -9} and looks.
     *
     * @param parts the parts to kill, in this order
     * @param moments how often each
     */
    public DrillReport kill(List<Part> parts, int moments) {
        return run(
                DrillReport.Kind.KILL,
                parts,
                moments,
                (part, process) -> process.destroyForcibly());
    }

    /**
     * Kills parts, keeps each away for a time, and looks.
     *
     * @param parts the parts that go away, one after the other
     */
    public DrillReport takeAway(List<Part> parts, Duration away) {
        return run(
                DrillReport.Kind.OUTAGE,
                parts,
                1,
                (part, process) -> {
                    process.destroyForcibly();
                    LockSupport.parkNanos(away.toNanos());
                });
    }

    /**
     * Strikes and looks; a drill that cannot go on ends early and its report says so.
     *
     * @param strike what is done to each part
     */
    DrillReport run(DrillReport.Kind kind, List<Part> parts, int moments, Strike strike) {
        long from = System.nanoTime();
        String brokenOff = "";
        List<FaultRow> rows = new ArrayList<>();
        try (Rest rest = new Rest(gateway);
                VitrineClient client = new VitrineClient(gateway)) {
            ShopCheck check =
                    new ShopCheck(
                            client,
                            new Truth(vitrine::openDatabase, rest.json()),
                            plan.vectorSample());
            Random random = new Random(plan.seed());
            fill(rest, random);
            report("before the first fault", check.run(ledger, random));
            for (int moment = 1; moment <= moments; moment++) {
                // The parts take turns: one that dies again within a minute is restarted later.
                for (Part part : parts) {
                    rows.add(strike(part, moment, strike, rest, check, random));
                    each.accept(report(kind, from, rows, ""));
                }
            }
        } catch (StartFailedException | ApiException | SQLException failed) {
            brokenOff = failed.toString();
            say.accept("The drill cannot go on: " + brokenOff);
        }
        return report(kind, from, rows, brokenOff);
    }

    private DrillReport report(
            DrillReport.Kind kind, long from, List<FaultRow> rows, String brokenOff) {
        return new DrillReport(
                kind,
                plan.seed(),
                plan.products(),
                secondsSince(from),
                List.copyOf(rows),
                brokenOff);
    }

    /** Half of the products are there before anything fails. */
    private void fill(Rest rest, Random random) throws StartFailedException {
        Rest.Answer created =
                rest.send("PUT", "/v1/catalogs/" + CATALOG, "application/json", Content.SCHEMA);
        if (!created.good()) {
            throw new StartFailedException("The catalogue was refused: " + created.body());
        }
        Workload workload = workload(rest, new Answers());
        int batches = Math.max(1, plan.products() / 2 / Workload.IMPORT_LINES);
        for (int i = 0; i < batches; i++) {
            if (!workload.importBatch(random)) {
                throw new StartFailedException("The first products were refused");
            }
        }
        workload.close();
    }

    private Workload workload(Rest rest, Answers answers) {
        return new Workload(rest, ledger, eventLedger, titles, writes, answers);
    }

    private FaultRow strike(
            Part part, int moment, Strike strike, Rest rest, ShopCheck check, Random random)
            throws StartFailedException, ApiException, SQLException {
        Answers answers = new Answers();
        Workload workload = workload(rest, answers);
        long afterMillis = (long) WARM_UP_MILLIS + random.nextInt(STRIKE_WITHIN_MILLIS);
        long struck;
        long givenBack;
        long recovered;
        try {
            workload.start(random.nextLong());
            LockSupport.parkNanos(Duration.ofMillis(afterMillis).toNanos());
            ProcessRef process = processOf(part);
            struck = System.nanoTime();
            vitrine.withhold(part);
            try {
                process.find().ifPresent(running -> strike.at(part, running));
            } finally {
                givenBack = System.nanoTime();
                vitrine.giveBack(part);
            }
            recovered = awaitRecovery(part, process, answers);
            LockSupport.parkNanos(GO_ON.toNanos());
        } finally {
            workload.close();
        }
        Findings findings = check.run(ledger, random);
        EventLedger.Comparison events = compareEvents();
        FaultRow row =
                new FaultRow(
                        part,
                        moment,
                        afterMillis,
                        (givenBack - struck) / 1_000_000,
                        (recovered - givenBack) / 1_000_000,
                        workload.acknowledged(),
                        workload.unknown(),
                        findings,
                        events,
                        answers.until(Kind.SEARCH, recovered),
                        answers.until(Kind.WRITE, recovered),
                        answers.until(Kind.EVENT, recovered),
                        against(part, answers, recovered));
        report(
                "%s, moment %d, struck after %.1f s, away %.1f s, recovered %.1f s later, %d writes (%d of unknown outcome)"
                        .formatted(
                                part.label(),
                                moment,
                                afterMillis / 1000.0,
                                row.awayMillis() / 1000.0,
                                row.recoveredMillis() / 1000.0,
                                row.acknowledged(),
                                row.unknown()),
                findings);
        if (!row.against().isEmpty()) {
            say.accept("  against the table: " + row.against());
        }
        return row;
    }

    /** Compares when the recommender has read all, or does not get on. */
    private EventLedger.Comparison compareEvents() throws StartFailedException {
        int port = vitrine.part(Part.RECOMMENDER).map(PartState::port).orElse(0);
        URI recommender = URI.create("http://" + gateway.getHost() + ":" + port);
        EventLog log = new EventLog(vitrine.kafkaAddress());
        long until = System.nanoTime() + EVENTS_WITHIN.toNanos();
        try (Rest rest = new Rest(recommender)) {
            while (true) {
                EventLedger.Comparison compared =
                        eventLedger.compare(log.countedIds(), counted(rest));
                if (compared.miscounted() == 0 || System.nanoTime() - until > 0) {
                    return compared;
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
    }

    private static long counted(Rest recommender) throws StartFailedException {
        Rest.Answer answer =
                recommender.send(
                        "GET",
                        "/actuator/metrics/recommender.interaction.counted",
                        "application/json",
                        "");
        JsonNode value = recommender.tree(answer).at("/measurements/0/value");
        if (!value.isNumber()) {
            throw new StartFailedException(
                    "the recommender does not say what it counted: " + answer.body());
        }
        return value.asLong();
    }

    private ProcessRef processOf(Part part) throws StartFailedException {
        ProcessRef process = vitrine.part(part).map(PartState::process).orElse(null);
        if (process == null || !process.alive()) {
            throw new StartFailedException(part.label() + " does not run");
        }
        return process;
    }

    /** Returns when the first good answers of every kind have come after the part was ready. */
    private long awaitRecovery(Part part, ProcessRef killed, Answers answers)
            throws StartFailedException {
        long until = System.nanoTime() + RECOVERY_WITHIN.toNanos();
        boolean back = false;
        long since = System.nanoTime();
        while (System.nanoTime() - until < 0) {
            if (!back) {
                back =
                        vitrine.part(part)
                                .filter(PartState::ready)
                                .map(PartState::process)
                                .filter(process -> !process.equals(killed))
                                .isPresent();
                since = System.nanoTime();
            } else if (answeredWell(answers, since)) {
                return System.nanoTime();
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        throw new StartFailedException(
                "%s %s within %d s; searches %s, writes %s, events %s"
                        .formatted(
                                part.label(),
                                back ? "is back, but not all is answered" : "did not come back",
                                RECOVERY_WITHIN.toSeconds(),
                                answers.after(Kind.SEARCH, since),
                                answers.after(Kind.WRITE, since),
                                answers.after(Kind.EVENT, since)));
    }

    private static boolean answeredWell(Answers answers, long since) {
        for (Kind kind : Kind.values()) {
            if (!answers.goodSince(kind, since)) {
                return false;
            }
        }
        return true;
    }

    /** Once the part was back, everything must be answered well. */
    private static List<String> against(Part part, Answers answers, long recovered) {
        List<String> against = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            answers.until(kind, recovered)
                    .forEach((said, times) -> {
                        if (!AllowedAnswers.allow(part, kind, said)) {
                            against.add(line(kind, times, said));
                        }
                    });
            answers.after(kind, recovered)
                    .forEach((said, times) -> {
                        if (!said.equals(Answers.GOOD)) {
                            against.add(line(kind, times, said) + " after the recovery");
                        }
                    });
        }
        return against;
    }

    private static String line(Kind kind, int times, String said) {
        return "%s: %d %s".formatted(kind.name().toLowerCase(Locale.ROOT), times, said);
    }

    private void report(String what, Findings findings) {
        say.accept(
                "%s: lost %d, duplicated %d, stale %d, resurrected %d %s"
                        .formatted(
                                what,
                                findings.lost(),
                                findings.duplicated(),
                                findings.stale(),
                                findings.resurrected(),
                                findings.examples()));
    }

    private static long secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000_000;
    }
}
