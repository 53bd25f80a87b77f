package dev.vitrine.recommender.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.recommender.RecommenderApplication;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.TopicProvisioner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service on a free port, with the test platform's Kafka. */
final class RunningRecommender implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final URI address;

    /** Returns when the service is ready. */
    RunningRecommender() throws IOException, InterruptedException {
        context =
                new SpringApplication(RecommenderApplication.class)
                        .run(
                                "--spring.config.name=recommender",
                                "--server.port=0",
                                "--spring.kafka.bootstrap-servers="
                                        + TestPlatform.kafkaBootstrapServers());
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        address = URI.create("http://127.0.0.1:" + port);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (get("/actuator/health/readiness").statusCode() != 200) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** Sends what the service reads; its topics are there. The test closes it. */
    static EventPublisher publisher() {
        KafkaConnection kafka = KafkaConnection.to(TestPlatform.kafkaBootstrapServers());
        new TopicProvisioner(kafka, (short) 1).ensure(Topics.all());
        return new EventPublisher(
                "/vitrine/test", kafka, Duration.ofSeconds(30), Clock.systemUTC());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        context.close();
    }
}
