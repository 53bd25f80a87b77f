package dev.vitrine.standalone.drill;

import dev.vitrine.standalone.drill.Answers.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A shop at work: it imports, changes prices, deletes, searches and sends events, each in a thread
 * of its own and at a pace that leaves room for a part that starts again. Closing it waits for what
 * is under way.
 */
final class Workload implements AutoCloseable {
    static final int IMPORT_LINES = 40;
    private static final Duration IMPORT_EVERY = Duration.ofMillis(400);
    private static final Duration PRICE_EVERY = Duration.ofMillis(80);
    private static final Duration DELETE_EVERY = Duration.ofMillis(150);
    private static final Duration EVENT_EVERY = Duration.ofMillis(40);
    private static final Duration SEARCH_EVERY = Duration.ofMillis(150);

    /**
     * After a write that failed, and twice as long after the next: each failure leaves a product
     * alone until it is settled, and a long outage must not use up all of them.
     */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private static final Duration AFTER_FAILURES_MAX = Duration.ofSeconds(4);

    /** One text in so many changes; the others keep theirs and need no new vector. */
    private static final int TEXT_CHANGES_ONE_IN = 8;

    private static final int SEARCH_TIMEOUT_MILLIS = 10_000;

    private final Rest rest;
    private final Ledger ledger;
    private final EventLedger eventLedger;
    private final Titles titles;
    private final AtomicLong writes;
    private final Answers answers;
    private final String catalog = Drill.CATALOG;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private boolean lastImportGood = true;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();

    /**
     * @param writes the number of the last write
     */
    Workload(
            Rest rest,
            Ledger ledger,
            EventLedger eventLedger,
            Titles titles,
            AtomicLong writes,
            Answers answers) {
        this.rest = rest;
        this.ledger = ledger;
        this.eventLedger = eventLedger;
        this.titles = titles;
        this.writes = writes;
        this.answers = answers;
    }

    void start(long seed) {
        run("import", IMPORT_EVERY, new Random(seed), this::importBatch);
        run("prices", PRICE_EVERY, new Random(seed + 1), this::changePrice);
        run("deletes", DELETE_EVERY, new Random(seed + 2), this::delete);
        run("events", EVENT_EVERY, new Random(seed + 3), this::sendEvent);
        run("searches", SEARCH_EVERY, new Random(seed + 4), this::search);
    }

    /** One round of a thread's work; false when it went wrong. */
    @FunctionalInterface
    private interface Round {
        boolean run(Random random);
    }

    private void run(String name, Duration every, Random random, Round round) {
        threads.add(
                Thread.ofPlatform()
                        .name("drill-" + name)
                        .daemon()
                        .start(() -> {
                            boolean ended = false;
                            Duration pause = every;
                            while (!ended) {
                                boolean good = round.run(random);
                                pause =
                                        good || name.equals("searches")
                                                ? every
                                                : afterFailure(pause);
                                ended = pause(pause);
                            }
                        }));
    }

    private static Duration afterFailure(Duration last) {
        Duration longer = last.multipliedBy(2);
        if (longer.compareTo(AFTER_FAILURE) < 0) {
            return AFTER_FAILURE;
        }
        return longer.compareTo(AFTER_FAILURES_MAX) > 0 ? AFTER_FAILURES_MAX : longer;
    }

    private boolean pause(Duration time) {
        try {
            return ending.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Writes that were acknowledged, one for each product. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** Writes whose outcome the shop does not know. */
    long unknown() {
        return unknown.get();
    }

    /**
     * Imports one batch; also the way in which the first products come. After a failure it tries
     * with one product, because those of a failed batch are left alone until they are settled.
     */
    boolean importBatch(Random random) {
        int lines = lastImportGood ? IMPORT_LINES : 1;
        lastImportGood = importProducts(ledger.claim(lines, random), random);
        return lastImportGood;
    }

    private boolean importProducts(Map<String, Content> claimed, Random random) {
        if (claimed.isEmpty()) {
            return true;
        }
        Map<String, Content> wanted = new HashMap<>();
        claimed.forEach((id, before) -> wanted.put(id, next(id, before, random)));
        String body =
                wanted.entrySet().stream()
                        .map(line -> line.getValue().toJson(rest.json(), line.getKey()) + "\n")
                        .collect(Collectors.joining());
        long from = System.nanoTime();
        Rest.Answer answer =
                rest.send(
                        "POST", path("/products:import?mode=upsert"), "application/x-ndjson", body);
        Map<String, String> results = new HashMap<>();
        String said = answer.said();
        boolean whole = false;
        if (answer.good()) {
            for (String line : answer.body().lines().toList()) {
                JsonNode result = lineOf(line);
                whole |= result.has("summary");
                results.put(result.path("id").asString(""), statusOf(result));
            }
            said =
                    results.values().stream()
                            .filter(status -> !status.equals(Answers.GOOD))
                            .findFirst()
                            .orElse(whole ? Answers.GOOD : "broken off");
        }
        boolean good = true;
        for (Map.Entry<String, Content> line : wanted.entrySet()) {
            boolean committed = Answers.GOOD.equals(results.get(line.getKey()));
            note(line.getKey(), line.getValue(), committed);
            good &= committed;
        }
        answers.add(Kind.WRITE, from, said);
        return good;
    }

    private JsonNode lineOf(String line) {
        try {
            return rest.json().readTree(line);
        } catch (JacksonException cutOff) {
            return rest.json().missingNode();
        }
    }

    private static String statusOf(JsonNode result) {
        if (result.has("summary")) {
            return Answers.GOOD;
        }
        if (!result.has("id")) {
            return "broken off";
        }
        return result.path("status").asString("").equals("rejected")
                ? "line " + result.path("error").path("code").asString("")
                : Answers.GOOD;
    }

    private Content next(String id, Content before, Random random) {
        boolean newText = !before.present() || random.nextInt(TEXT_CHANGES_ONE_IN) == 0;
        int revision = newText ? before.revision() + 1 : before.revision();
        String title = titles.of(Drill.numberOf(id), revision);
        return new Content(writes.incrementAndGet(), revision, title, price(random));
    }

    private static long price(Random random) {
        return random.nextInt(Drill.HIGHEST_PRICE);
    }

    private boolean changePrice(Random random) {
        Map<String, Content> claimed = ledger.claim(1, random);
        boolean good = true;
        for (Map.Entry<String, Content> product : claimed.entrySet()) {
            if (!product.getValue().present()) {
                ledger.untouched(product.getKey());
                continue;
            }
            Content after = product.getValue().withPrice(writes.incrementAndGet(), price(random));
            String patch = "{\"price\":%d,\"write\":%d}".formatted(after.price(), after.write());
            good &= single("PATCH", product.getKey(), patch, after);
        }
        return good;
    }

    private boolean delete(Random random) {
        Map<String, Content> claimed = ledger.claim(1, random);
        boolean good = true;
        for (Map.Entry<String, Content> product : claimed.entrySet()) {
            if (!product.getValue().present()) {
                ledger.untouched(product.getKey());
                continue;
            }
            good &= single("DELETE", product.getKey(), "", Content.ABSENT);
        }
        return good;
    }

    private boolean single(String method, String id, String body, Content after) {
        long from = System.nanoTime();
        Rest.Answer answer = rest.send(method, path("/products/" + id), "application/json", body);
        note(id, after, answer.good());
        answers.add(Kind.WRITE, from, answer.said());
        return answer.good();
    }

    private void note(String id, Content state, boolean committed) {
        if (committed) {
            ledger.acknowledged(id, state);
            acknowledged.incrementAndGet();
        } else {
            ledger.unknown(id, state);
            unknown.incrementAndGet();
        }
    }

    private boolean sendEvent(Random random) {
        String id = eventLedger.next();
        long from = System.nanoTime();
        String body =
                """
                {"events": [{"catalog": "%s", "eventId": "%s", "type": "view",
                  "visitorId": "visitor%d", "items": [{"id": "%s"}]}]}
                """
                        .formatted(
                                catalog, id, random.nextInt(500), Drill.idOf(random.nextInt(100)));
        String said = rest.send("POST", "/v1/events", "application/json", body).said();
        boolean good = said.equals(Answers.GOOD);
        if (good) {
            eventLedger.acknowledged(id);
        }
        answers.add(Kind.EVENT, from, said);
        return good;
    }

    /** A hybrid search for a text that nobody has searched for, so every part has to work. */
    private boolean search(Random random) {
        String q = titles.of(random.nextInt(5_000), 0) + " " + random.nextInt(1_000_000);
        String body =
                """
                {"q": %s, "filter": "price >= 0", "facets": ["revision"], "limit": 5, "timeoutMs": %d}
                """
                        .formatted(rest.json().writeValueAsString(q), SEARCH_TIMEOUT_MILLIS);
        long from = System.nanoTime();
        Rest.Answer answer = rest.send("POST", path("/search"), "application/json", body);
        String said = answer.said();
        JsonNode partial = rest.tree(answer).path("partial");
        if (answer.good() && !partial.isEmpty()) {
            said =
                    "partial "
                            + partial.valueStream()
                                    .map(part -> part.asString(""))
                                    .collect(Collectors.joining("+"));
        }
        answers.add(Kind.SEARCH, from, said);
        return said.equals(Answers.GOOD);
    }

    private String path(String rest) {
        return "/v1/catalogs/" + catalog + rest;
    }

    @Override
    public void close() {
        ending.countDown();
        for (Thread thread : threads) {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
