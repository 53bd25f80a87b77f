package dev.vitrine.standalone.shop;

import static dev.vitrine.standalone.shop.Shop.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.embedded.EmbeddedKafka;
import dev.vitrine.embedded.EmbeddedKafkaSettings;
import dev.vitrine.embedded.testing.FaultyProxy;
import dev.vitrine.standalone.RunningVitrine;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network to Kafka that is slow or breaks off, then no Kafka: writes come late, none is lost. */
final class KafkaNetworkIT {

    private static final String CATALOG = "network";
    private static final String PRODUCTS = "/v1/catalogs/" + CATALOG + "/products/";
    private static final int COUNT = 40;

    @TempDir private static Path folder;

    private static EmbeddedKafkaSettings settings;
    private static EmbeddedKafka kafka;
    private static FaultyProxy network;
    private static RunningVitrine vitrine;
    private static Shop shop;

    @BeforeAll
    static void start() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        network = new FaultyProxy(port);
        settings =
                EmbeddedKafkaSettings.in(folder.resolve("kafka"))
                        .withPort(port)
                        .withAdvertisedPort(network.port());
        kafka = EmbeddedKafka.start(settings);
        vitrine =
                RunningVitrine.start(
                        folder.resolve("vitrine"),
                        false,
                        Map.of("VITRINE_KAFKA", "127.0.0.1:" + network.port()));
        shop = new Shop(vitrine.gateway());
        assertThat(
                        shop.put(
                                        "/v1/catalogs/" + CATALOG,
                                        """
                                        {"fields": [
                                          {"name": "title", "type": "text", "weight": 1, "role": "title"},
                                          {"name": "price", "type": "number", "filterable": true}]}
                                        """)
                                .status())
                .isEqualTo(201);
    }

    @AfterAll
    static void stop() throws IOException {
        shop.close();
        vitrine.close();
        kafka.close();
        network.close();
    }

    @BeforeEach
    void fill() {
        for (int id = 0; id < COUNT; id++) {
            write(id, "Lamp number " + id, 1);
        }
        ElectronicsShop.awaitVectors(shop, CATALOG);
    }

    @Test
    void slowNetwork_updatesComeLate() {
        network.delay(Duration.ofMillis(100));
        for (int id = 0; id < COUNT; id++) {
            write(id, "Chair number " + id, 2);
        }
        ElectronicsShop.awaitVectors(shop, CATALOG);
        assertAllHold("chair", 2);
        network.heal();
    }

    @Test
    void networkThatBreaksOffAgainAndAgain_updatesComeLate() {
        for (int id = 0; id < COUNT; id++) {
            if (id % 8 == 0) {
                network.refuse();
            }
            write(id, "Table number " + id, 3);
            if (id % 8 == 6) {
                network.heal();
            }
        }
        network.heal();
        ElectronicsShop.awaitVectors(shop, CATALOG);
        assertAllHold("table", 3);
    }

    @Test
    void brokerAway_waitEndsAs202WithATask_thatSucceedsWhenItIsBack() {
        kafka.close();
        Shop.Answer put =
                shop.put(
                        PRODUCTS + "new?wait=searchable&timeout=1s",
                        "{\"title\": \"Wardrobe\", \"price\": 4}");
        Shop.Answer patch = shop.patch(PRODUCTS + "0?wait=searchable&timeout=1s", "{\"price\": 4}");
        for (Shop.Answer answer : new Shop.Answer[] {put, patch}) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
            assertThat(answer.location()).startsWith("/v1/tasks/");
            assertThat(state(answer)).isEqualTo("running");
        }
        assertThat(total("", "price = 4")).isZero();
        assertThat(total("lamp", "price = 1")).isEqualTo(COUNT);

        kafka = EmbeddedKafka.start(settings);
        ElectronicsShop.awaitVectors(shop, CATALOG);
        assertThat(state(put)).isEqualTo("succeeded");
        assertThat(state(patch)).isEqualTo("succeeded");
        assertThat(total("", "price = 4")).isEqualTo(2);
        assertThat(total("wardrobe", "price = 4")).isEqualTo(1);
        assertThat(shop.delete(PRODUCTS + "new?wait=searchable").status()).isEqualTo(204);
    }

    private static void write(int id, String title, int price) {
        assertThat(
                        shop.put(
                                        PRODUCTS + id,
                                        "{\"title\": \"%s\", \"price\": %d}"
                                                .formatted(title, price))
                                .status())
                .isIn(200, 201);
    }

    private static String state(Shop.Answer accepted) {
        return shop.get(accepted.location()).body().path("state").asString();
    }

    /** In text and columns; that every vector is that of the present text has been waited for. */
    private static void assertAllHold(String word, int price) {
        assertThat(total(word, "price = " + price)).isEqualTo(COUNT);
        assertThat(total("", "price != " + price)).isZero();
    }

    private static int total(String q, String filter) {
        return shop.search(CATALOG, query(q).put("mode", "lexical").put("filter", filter))
                .get("total")
                .asInt();
    }
}
