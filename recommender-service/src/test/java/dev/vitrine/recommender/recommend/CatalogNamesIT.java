package dev.vitrine.recommender.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.interaction.Interaction;
import dev.vitrine.contracts.interaction.InteractionItem;
import dev.vitrine.contracts.interaction.InteractionType;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.ProductPartitions;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.WireJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What was learned under a name goes where the name goes, and ends with what had the name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogNamesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Clock CLOCK = Clock.systemUTC();
    private static final CatalogSchema SCHEMA =
            WireJson.mapper()
                    .readValue(
                            "{\"fields\":[{\"name\":\"title\",\"type\":\"text\",\"weight\":1}]}",
                            CatalogSchema.class);

    private EventPublisher publisher;
    private RunningRecommender service;

    @BeforeAll
    void start() throws Exception {
        publisher = RunningRecommender.publisher();
        service = new RunningRecommender();
    }

    @AfterAll
    void stop() {
        service.close();
        publisher.close();
    }

    @Test
    void aliasSwapped_takesAlongWhatItsVisitorsDid() throws Exception {
        catalog("names-blue");
        catalog("names-green");
        name("names-window", 1, true, "names-blue", Instant.EPOCH);
        visits("names-window", "first");
        awaitLearned("names-blue", true);
        assertThat(learned("names-green")).isFalse();

        name("names-window", 2, true, "names-green", Instant.EPOCH);
        awaitLearned("names-green", true);
        awaitLearned("names-blue", false);
        assertThat(next("names-green", "{\"sessionId\":\"first-3\"}").get("items").valueStream())
                .as("what the visit has seen, told under the alias, is not offered")
                .extracting(item -> item.get("id").stringValue())
                .containsExactly("c");

        // Its own name counts as well.
        visits("names-blue", "second");
        awaitLearned("names-blue", true);
    }

    @Test
    void catalogueDeletedAndMadeAnew_knowsNothing_alsoWhenTheLogIsReadAgain() throws Exception {
        catalog("names-again");
        visits("names-again", "old");
        awaitLearned("names-again", true);

        name("names-again", 2, true, null, CLOCK.instant());
        name("names-again", 3, false, null, CLOCK.instant());
        awaitLearned("names-again", false);
        service.close();
        service = new RunningRecommender();
        assertThat(learned("names-again")).isFalse();

        visits("names-again", "new");
        awaitLearned("names-again", true);
    }

    private void catalog(String catalog) {
        name(catalog, 1, false, null, Instant.EPOCH);
        for (String id : List.of("a", "b", "c")) {
            ProductKey key = new ProductKey(new CatalogRef("default", catalog), id);
            publish(
                    Topics.PRODUCTS,
                    ProductPartitions.of(key),
                    key.key(),
                    WireJson.write(
                            new ProductChanged(
                                    "default",
                                    catalog,
                                    id,
                                    1,
                                    1,
                                    Map.of("title", id),
                                    id,
                                    id,
                                    "t")));
        }
    }

    private void name(
            String name, long version, boolean deleted, @Nullable String aliasOf, Instant since) {
        CatalogChanged changed =
                new CatalogChanged("default", name, version, deleted, SCHEMA, aliasOf, since);
        publish(Topics.SCHEMAS, 0, changed.ref().key(), WireJson.write(changed));
    }

    /** Five visits that see a and then b. */
    private void visits(String name, String prefix) {
        for (int visit = 0; visit < 5; visit++) {
            String session = prefix + '-' + visit;
            for (String item : List.of("a", "b")) {
                Interaction view =
                        new Interaction(
                                "default",
                                name,
                                name + session + item,
                                CLOCK.instant(),
                                InteractionType.VIEW,
                                "visitor of " + session,
                                null,
                                session,
                                null,
                                null,
                                null,
                                List.of(new InteractionItem(item, null, null, null)),
                                null,
                                null,
                                null);
                publish(
                        Topics.INTERACTIONS,
                        null,
                        view.key(),
                        EventHeaders.TYPE_INTERACTION,
                        WireJson.write(view));
            }
        }
    }

    private void publish(String topic, int partition, String key, byte[] value) {
        publish(topic, partition, key, "test", value);
    }

    private void publish(
            String topic, @Nullable Integer partition, String key, String type, byte[] value) {
        publisher.publish(topic, partition, key, type, EventHeaders.JSON, value, Map.of()).join();
    }

    private void awaitLearned(String catalog, boolean wanted) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (learned(catalog) != wanted) {
            assertThat(System.nanoTime())
                    .as("%s is to have learned: %s", catalog, wanted)
                    .isLessThan(end);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** Whether what came after a in visits is known. */
    private boolean learned(String catalog) throws Exception {
        return next(catalog, "{\"session\":[\"a\"]}")
                .path("step")
                .asString("")
                .equals("session-neighbours");
    }

    private JsonNode next(String catalog, String body) throws Exception {
        String path = "/v1/catalogs/" + catalog + "/recommendations/next-in-session";
        return WireJson.mapper().readTree(service.post(path, body).body());
    }
}
