package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.embedded.EmbeddedKafka;
import dev.vitrine.embedded.EmbeddedKafkaSettings;
import dev.vitrine.embedded.testing.TestPlatform;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker of its own, so that it can be taken away. */
class KafkaAwayIT {

    @TempDir private Path folder;

    @Test
    void kafkaAway_writesAreAccepted_andSentWhenItIsBack() {
        EmbeddedKafkaSettings settings = EmbeddedKafkaSettings.in(folder.resolve("kafka"));
        EmbeddedKafka broker = EmbeddedKafka.start(settings);
        int port = broker.port();
        try (WriterApp app =
                WriterApp.start(
                        TestPlatform.freshDatabase(getClass()),
                        "spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                        "vitrine.event-delivery=6s",
                        "index.outbox.backoff-max=1s")) {
            app.put("/v1/catalogs/k-away", CatalogWriteIT.SCHEMA);
            app.put("/v1/catalogs/k-away/products/1", "{\"title\":\"a\"}");
            WriterApp.await("the first one is sent", pause -> pending(app) == 0);
            broker.close();
            for (int i = 0; i < 20; i++) {
                assertThat(
                                app.put(
                                                "/v1/catalogs/k-away/products/" + i,
                                                "{\"price\":" + i + "}")
                                        .statusCode())
                        .isIn(200, 201);
            }
            assertThat(pending(app)).isEqualTo(20);
            WriterApp.await(
                    "the gauges show what waits",
                    pause ->
                            app.get("/actuator/metrics/index.outbox.pending")
                                    .body()
                                    .contains("\"value\":20.0"));
            WriterApp.await("the relay says that it fails", pause -> failures(app) > 0);
            broker = EmbeddedKafka.start(settings.withPort(port));
            WriterApp.await("all is sent", pause -> pending(app) == 0);
            WriterApp.await("the relay is well", pause -> failures(app) == 0);
        } finally {
            broker.close();
        }
    }

    private static int pending(WriterApp app) {
        return WriterApp.json(app.get("/v1/catalogs/k-away").body()).get("outboxPending").asInt();
    }

    private static double failures(WriterApp app) {
        String gauge = "/actuator/metrics/index.worker.failures?tag=worker:outbox-relay";
        return WriterApp.json(app.get(gauge).body()).at("/measurements/0/value").asDouble();
    }
}
