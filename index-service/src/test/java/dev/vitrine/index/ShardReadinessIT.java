package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.ProductPartitions;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.TopicProvisioner;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/** A shard is ready when its kernels are warm and what was in the topics is searchable. */
class ShardReadinessIT {

    private static final CatalogRef SHOP = new CatalogRef("default", "ready-shop");

    /** Other tests may have left records before ours. */
    private static final Pattern BEHIND = Pattern.compile("\"behind\":[1-9]");

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir private Path folder;

    @Test
    void backlog_keepsTheShardUnreadyUntilItIsRead() throws Exception {
        String bootstrap = TestPlatform.kafkaBootstrapServers();
        new TopicProvisioner(KafkaConnection.to(bootstrap), (short) 1).ensure(Topics.all());
        AtomicBoolean kernelsBeforePort = new AtomicBoolean();
        int port = freePort();
        try (EventPublisher events =
                new EventPublisher(
                        "/test",
                        KafkaConnection.to(bootstrap),
                        Duration.ofSeconds(20),
                        Clock.systemUTC())) {
            product(events);
            SpringApplication application = new SpringApplication(IndexApplication.class);
            application.addListeners(
                    new ApplicationListener<WebServerInitializedEvent>() {
                        @Override
                        public void onApplicationEvent(WebServerInitializedEvent opened) {
                            kernelsBeforePort.set(
                                    ((ConfigurableApplicationContext)
                                                    opened.getApplicationContext())
                                            .getBeanFactory()
                                            .containsSingleton("kernelInfo"));
                        }
                    });
            CompletableFuture<ConfigurableApplicationContext> started =
                    CompletableFuture.supplyAsync(() ->
                            application.run(
                                    "--spring.config.name=index",
                                    "--index.roles=shard",
                                    "--server.port=" + port,
                                    "--spring.kafka.bootstrap-servers=" + bootstrap,
                                    "--index.shard.directory=" + folder));

            // The product's schema is missing, so the reader cannot get past the product.
            WriterApp.await(
                    "the backlog is seen",
                    pause -> BEHIND.matcher(get(port, "/actuator/health").body()).find());
            assertThat(get(port, "/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(get(port, "/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(kernelsBeforePort).isTrue();
            assertThat(started).isNotDone();

            schema(events);
            try (ConfigurableApplicationContext app = started.join()) {
                WriterApp.await(
                        "it is ready",
                        pause -> get(port, "/actuator/health/readiness").status() == 200);
                assertThat(
                                WriterApp.json(
                                                get(port, "/internal/v1/catalogs/ready-shop/status")
                                                        .body())
                                        .get("searchable")
                                        .asInt())
                        .as(app.getId())
                        .isEqualTo(1);
            }
        }
    }

    private static void product(EventPublisher events) {
        ProductChanged product =
                new ProductChanged(
                        SHOP.tenant(),
                        SHOP.catalog(),
                        "1",
                        1,
                        1,
                        Map.of("title", "Lamp"),
                        "Lamp",
                        "h",
                        "h");
        events.publish(
                        Topics.PRODUCTS,
                        ProductPartitions.of(product.key()),
                        product.key().key(),
                        EventHeaders.TYPE_PRODUCT_CHANGED,
                        EventHeaders.JSON,
                        WireJson.write(product),
                        Map.of())
                .join();
    }

    private static void schema(EventPublisher events) {
        CatalogSchema schema =
                WireJson.mapper().readValue(CatalogWriteIT.SCHEMA, CatalogSchema.class);
        SentSchemas.send(events, SHOP, 1, false, schema);
    }

    /** Status and body; status 0 while nothing listens. */
    private Answer get(int port, String path) {
        try {
            HttpResponse<String> response =
                    http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException notYet) {
            return new Answer(0, notYet.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private record Answer(int status, String body) {}

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
