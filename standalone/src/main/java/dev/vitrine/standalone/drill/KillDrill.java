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

/**
 * Kills parts of a running Vitrine with {@code kill -9} at random moments of a shop's work, lets
 * the supervisor start them again, and looks whether anything was lost, doubled or revived. Used by
 * one thread, once.
 */
public final class KillDrill {
    static final String TENANT = "default";
    static final String CATALOG = "drill";
    static final int HIGHEST_PRICE = 1_000;

    private static final int WARM_UP_MILLIS = 400;
    private static final int KILL_WITHIN_MILLIS = 3_000;
    private static final Duration RECOVERY_WITHIN = Duration.ofMinutes(4);
    private static final Duration GO_ON = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Supervisor vitrine;
    private final URI gateway;
    private final Plan plan;
    private final Consumer<String> say;
    private final Titles titles = new Titles();
    private final Ledger ledger;
    private final EventLedger eventLedger = new EventLedger();
    private final AtomicLong writes = new AtomicLong();

    /**
     * What to do.
     *
     * @param parts the parts to kill, in this order
     * @param moments how often each
     * @param products size of the catalogue
     * @param vectorSample changed products that are looked for by meaning after each kill
     * @param seed of everything random
     */
    public record Plan(List<Part> parts, int moments, int products, int vectorSample, long seed) {
        public Plan {
            parts = List.copyOf(parts);
        }
    }

    /**
     * @param vitrine runs, in processes
     */
    public KillDrill(Supervisor vitrine, URI gateway, Plan plan, Consumer<String> say) {
        this.vitrine = vitrine;
        this.gateway = gateway;
        this.plan = plan;
        this.say = say;
        this.ledger =
                new Ledger(IntStream.range(0, plan.products()).mapToObj(KillDrill::idOf).toList());
    }

    static String idOf(int number) {
        return "p" + number;
    }

    static int numberOf(String id) {
        return Integer.parseInt(id.substring(1));
    }

    /**
     * Kills and looks; a drill that cannot go on ends early and its report says so.
     *
     * @param each told the report so far after every kill
     */
    public KillReport run(Consumer<KillReport> each) {
        long from = System.nanoTime();
        String brokenOff = "";
        List<KillRow> rows = new ArrayList<>();
        try (Rest rest = new Rest(gateway);
                VitrineClient client = new VitrineClient(gateway)) {
            ShopCheck check =
                    new ShopCheck(
                            client,
                            new Truth(vitrine::openDatabase, rest.json()),
                            plan.vectorSample());
            Random random = new Random(plan.seed());
            fill(rest, random);
            report("before the first kill", check.run(ledger, random));
            for (int moment = 1; moment <= plan.moments(); moment++) {
                // The parts take turns: one that dies again within a minute is restarted later.
                for (Part part : plan.parts()) {
                    rows.add(kill(part, moment, rest, check, random));
                    each.accept(report(from, rows, ""));
                }
            }
        } catch (StartFailedException | ApiException | SQLException failed) {
            brokenOff = failed.toString();
            say.accept("The drill cannot go on: " + brokenOff);
        }
        return report(from, rows, brokenOff);
    }

    private KillReport report(long from, List<KillRow> rows, String brokenOff) {
        return new KillReport(
                plan.seed(), plan.products(), secondsSince(from), List.copyOf(rows), brokenOff);
    }

    /** Half of the products are there before anything is killed. */
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

    private KillRow kill(Part part, int moment, Rest rest, ShopCheck check, Random random)
            throws StartFailedException, ApiException, SQLException {
        Answers answers = new Answers();
        Workload workload = workload(rest, answers);
        long afterMillis = (long) WARM_UP_MILLIS + random.nextInt(KILL_WITHIN_MILLIS);
        long killed;
        long recovered;
        try {
            workload.start(random.nextLong());
            LockSupport.parkNanos(Duration.ofMillis(afterMillis).toNanos());
            ProcessRef process = processOf(part);
            killed = System.nanoTime();
            process.find().ifPresent(ProcessHandle::destroyForcibly);
            recovered = awaitRecovery(part, process, answers);
            LockSupport.parkNanos(GO_ON.toNanos());
        } finally {
            workload.close();
        }
        Findings findings = check.run(ledger, random);
        KillRow row =
                new KillRow(
                        part,
                        moment,
                        afterMillis,
                        (recovered - killed) / 1_000_000,
                        workload.acknowledged(),
                        workload.unknown(),
                        findings,
                        eventLedger.compare(new EventLog(vitrine.kafkaAddress()).countedIds()),
                        answers.until(Kind.SEARCH, recovered),
                        answers.until(Kind.WRITE, recovered),
                        answers.until(Kind.EVENT, recovered),
                        against(part, answers, recovered));
        report(
                "%s, moment %d, killed after %.1f s, back after %.1f s, %d writes (%d of unknown outcome)"
                        .formatted(
                                part.label(),
                                moment,
                                afterMillis / 1000.0,
                                row.recoveredMillis() / 1000.0,
                                row.acknowledged(),
                                row.unknown()),
                findings);
        if (!row.against().isEmpty()) {
            say.accept("  against the table: " + row.against());
        }
        return row;
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
