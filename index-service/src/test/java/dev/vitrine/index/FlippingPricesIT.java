package dev.vitrine.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.index.MinimumMatch;
import dev.vitrine.contracts.index.PlanHit;
import dev.vitrine.contracts.index.PlanLimits;
import dev.vitrine.contracts.index.PlanResult;
import dev.vitrine.contracts.index.ScoringHead;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.contracts.index.SortKey;
import dev.vitrine.contracts.index.TextQuery;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.servicekit.WireJson;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One writer, through PostgreSQL and Kafka, flips the prices of all products while readers search:
 * filter, sort key and returned fields of every hit are of one and the same moment.
 */
class FlippingPricesIT {

    private static final int PRODUCTS = 150;
    private static final int READERS = 3;
    private static final int SEARCHES = 1_200;
    private static final int MIDDLE = 500;
    private static final ScoringHead HEAD = new ScoringHead("test", 1, 0, 1, 1, 1.1, 0);
    private static final String SCHEMA =
            """
            {"fields":[
              {"name":"title","type":"text","searchable":true,"weight":1.0,"role":"title"},
              {"name":"band","type":"keyword","filterable":true,"facet":true},
              {"name":"price","type":"number","filterable":true,"sortable":true}],
             "semanticText":"{title}"}
            """;

    @TempDir private Path folder;

    private final AtomicBoolean flipping = new AtomicBoolean(true);
    private final AtomicInteger hits = new AtomicInteger();
    private final Set<Long> generations = ConcurrentHashMap.newKeySet();
    private final Set<String> bands = ConcurrentHashMap.newKeySet();

    @Test
    void everyHit_agreesWithItsFilterAndItsOrder_whilePricesFlip() throws Exception {
        try (WriterApp app =
                        WriterApp.start(
                                TestPlatform.freshDatabase(getClass()),
                                "index.roles=writer,shard",
                                "index.shard.directory=" + folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            app.put("/v1/catalogs/f-flip", SCHEMA);
            flip(app, 0);
            WriterApp.await(
                    "all products are searchable",
                    pause ->
                            WriterApp.json(app.get("/internal/v1/catalogs/f-flip/status").body())
                                            .path("searchable")
                                            .asInt()
                                    == PRODUCTS);
            Future<Integer> rounds =
                    threads.submit(() -> {
                        int round = 1;
                        while (flipping.get()) {
                            flip(app, round++);
                        }
                        return round;
                    });
            List<Future<@Nullable Void>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                int seed = reader;
                Callable<@Nullable Void> search =
                        () -> {
                            read(app, new Random(seed));
                            return null;
                        };
                readers.add(threads.submit(search));
            }
            try {
                for (Future<@Nullable Void> reader : readers) {
                    reader.get();
                }
            } finally {
                flipping.set(false);
            }
            // It was no calm that they agreed on.
            assertThat(rounds.get()).isGreaterThan(5);
            assertThat(generations).hasSizeGreaterThan(5);
            assertThat(bands).containsExactlyInAnyOrder("low", "high");
            assertThat(hits.get()).isGreaterThan(SEARCHES);
        }
    }

    /** Every product changes its side; its price says to which it belongs. */
    private static void flip(WriterApp app, int round) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < PRODUCTS; i++) {
            boolean high = (i + round) % 2 == 0;
            lines.append(
                    "{\"id\":\"%d\",\"title\":\"Lamp %d\",\"band\":\"%s\",\"price\":%d}%n"
                            .formatted(
                                    i,
                                    i,
                                    high ? "high" : "low",
                                    (high ? MIDDLE : 0) + (i * 7 + round) % MIDDLE));
        }
        HttpResponse<String> response =
                app.importBytes(
                        "f-flip", "", "application/x-ndjson", lines.toString().getBytes(UTF_8));
        assertThat(response.body()).contains("\"rejected\":0");
    }

    @SuppressWarnings("NullAway") // it does not know that an array component may be null
    private void read(WriterApp app, RandomGenerator random) {
        for (int i = 0; i < SEARCHES; i++) {
            boolean high = random.nextBoolean();
            boolean descending = random.nextBoolean();
            Filter filter =
                    switch (random.nextInt(3)) {
                        case 0 ->
                                high
                                        ? new Filter.Range("price", "" + MIDDLE, true, null, false)
                                        : new Filter.Range(
                                                "price", null, false, "" + MIDDLE, false);
                        case 1 -> new Filter.In("band", List.of(high ? "high" : "low"));
                        default -> new Filter.Exists("price");
                    };
            SearchPlan plan =
                    new SearchPlan(
                            random.nextBoolean()
                                    ? new TextQuery("lamp", new MinimumMatch(2, 0.75))
                                    : null,
                            null,
                            null,
                            null,
                            null,
                            filter,
                            List.of(),
                            List.of(new SortKey("price", descending)),
                            0,
                            50,
                            List.of("price", "band"),
                            false,
                            false,
                            HEAD,
                            new PlanLimits(10_000, 5_000));
            HttpResponse<String> response =
                    app.send(
                            app.request("/internal/v1/catalogs/f-flip/execute")
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofByteArray(
                                                    WireJson.write(plan))));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            PlanResult result = WireJson.read(response.body().getBytes(UTF_8), PlanResult.class);
            generations.add(result.generation());
            if (filter instanceof Filter.Exists) {
                assertThat(result.total()).isEqualTo(PRODUCTS);
            }
            check(result.hits(), filter, high, descending);
        }
    }

    private void check(List<PlanHit> page, Filter filter, boolean high, boolean descending) {
        double last = descending ? Double.MAX_VALUE : -1;
        for (PlanHit hit : page) {
            double price = ((Number) requireNonNull(hit.fields().get("price"))).doubleValue();
            String band = (String) requireNonNull(hit.fields().get("band"));
            assertThat(band).as("fields of " + hit).isEqualTo(price >= MIDDLE ? "high" : "low");
            if (!(filter instanceof Filter.Exists)) {
                assertThat(band).as("filter and " + hit).isEqualTo(high ? "high" : "low");
            }
            assertThat(descending ? last - price : price - last)
                    .as("order and " + hit)
                    .isGreaterThanOrEqualTo(0);
            last = price;
            bands.add(band);
            hits.incrementAndGet();
        }
    }
}
