package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.embedded.EmbeddedKafka;
import dev.vitrine.embedded.EmbeddedKafkaSettings;
import dev.vitrine.embedded.KafkaLogin;
import dev.vitrine.embedded.testing.TestDatabase;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.index.store.EmbeddingStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A broker that takes nobody without the right login. */
@ExtendWith(OutputCaptureExtension.class)
class KafkaLoginIT {

    private static final KafkaLogin LOGIN = new KafkaLogin("vitrine", "right");

    @TempDir private static Path folder;

    private static EmbeddedKafka broker;

    @BeforeAll
    static void startBroker() {
        broker =
                EmbeddedKafka.start(
                        EmbeddedKafkaSettings.in(folder.resolve("kafka")).withLogin(LOGIN));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** Topics are made, the outbox is sent, the shard reads it, the intake of vectors joins. */
    @Test
    void rightLogin_aProductBecomesSearchable() {
        try (WriterApp app =
                start(
                        LOGIN,
                        "index.roles=writer,shard",
                        "index.shard.directory=" + folder.resolve("shard"))) {
            app.put("/v1/catalogs/k-login", CatalogWriteIT.SCHEMA);
            app.put("/v1/catalogs/k-login/products/1", "{\"title\":\"Lamp\"}");
            WriterApp.await(
                    "the shard has it",
                    pause ->
                            app.get(
                                            "/internal/v1/catalogs/k-login/applied?id=1&version=1&timeoutMs=100")
                                    .body()
                                    .contains("true"));
            try (Admin admin = Admin.create(clientSettings())) {
                WriterApp.await("the intake of vectors has joined", pause -> hasJoined(admin));
            }
        }
    }

    @Test
    void wrongLogin_theStartFails_andSaysWhatToSet(CapturedOutput output) {
        assertThatThrownBy(() -> start(new KafkaLogin("vitrine", "wrong")).close())
                .hasStackTraceContaining("Authentication failed");
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Kafka at " + broker.bootstrapServers() + " cannot be used")
                .contains("spring.kafka.properties.sasl.mechanism")
                .doesNotContain("wrong");
    }

    private static Map<String, Object> clientSettings() {
        Map<String, Object> settings = new HashMap<>(LOGIN.client());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        return settings;
    }

    private static boolean hasJoined(Admin admin) {
        try {
            return admin
                    .describeConsumerGroups(List.of(EmbeddingStore.INTAKE_GROUP))
                    .all()
                    .get(10, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .noneMatch(group -> group.members().isEmpty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                // The broker knows a group from its first member on.
                return false;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WriterApp start(KafkaLogin login, String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("spring.kafka.bootstrap-servers=" + broker.bootstrapServers());
        login.client()
                .forEach((name, value) ->
                        all.add(
                                (name.equals("security.protocol")
                                                ? "spring.kafka."
                                                : "spring.kafka.properties.")
                                        + name
                                        + "="
                                        + value));
        TestDatabase database = TestPlatform.freshDatabase(KafkaLoginIT.class);
        return WriterApp.start(database, all.toArray(String[]::new));
    }
}
