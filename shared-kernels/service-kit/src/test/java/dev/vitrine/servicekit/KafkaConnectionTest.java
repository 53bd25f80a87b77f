package dev.vitrine.servicekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

final class KafkaConnectionTest {

    private static final String JAAS =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\""
                    + " password=\"secret\";";

    /** The names that chart and compose file use. */
    @Test
    void variablesOfAContainer_becomeSettingsOfAClient() {
        KafkaConnection kafka =
                of(
                        Map.of(
                                "SPRING_KAFKA_BOOTSTRAP_SERVERS", "one:9092,two:9092",
                                "SPRING_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                                "SPRING_KAFKA_PROPERTIES_SASL_MECHANISM", "PLAIN",
                                "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", JAAS,
                                "SPRING_KAFKA_SSL_TRUSTSTORETYPE", "PEM",
                                "SPRING_KAFKA_SSL_TRUSTSTORECERTIFICATES", "-----BEGIN"));
        assertThat(kafka.with(Map.of()))
                .containsOnly(
                        Map.entry("bootstrap.servers", "one:9092,two:9092"),
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("sasl.mechanism", "PLAIN"),
                        Map.entry("sasl.jaas.config", JAAS),
                        Map.entry("ssl.truststore.type", "PEM"),
                        Map.entry("ssl.truststore.certificates", "-----BEGIN"));
        assertThat(kafka).hasToString("one:9092,two:9092");
    }

    @Test
    void whatAClientNeeds_comesBeforeTheEnvironment() {
        KafkaConnection kafka =
                of(
                        Map.of(
                                "SPRING_KAFKA_PROPERTIES_ISOLATION_LEVEL", "read_uncommitted",
                                "SPRING_KAFKA_PROPERTIES_SASL_MECHANISM", "PLAIN"));
        assertThat(kafka.at("three:9092").with(Map.of("isolation.level", "read_committed")))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("sasl.mechanism", "PLAIN")
                .containsEntry("bootstrap.servers", "three:9092");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void admin_whileNobodyListens_waitsInSilence(CapturedOutput output) {
        Map<String, Integer> briefly =
                Map.of("default.api.timeout.ms", 1_000, "request.timeout.ms", 1_000);
        try (Admin admin = KafkaConnection.to("127.0.0.1:1").admin(briefly)) {
            assertThat(admin.describeCluster().nodes())
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(TimeoutException.class);
        }
        assertThat(output).contains("could not be established").doesNotContain("Rebootstrapping");
    }

    @Test
    void bundle_isRefused() {
        assertThatThrownBy(() -> of(Map.of("SPRING_KAFKA_SSL_BUNDLE", "brokers")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spring.kafka.ssl.bundle");
    }

    private static KafkaConnection of(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                variables));
        return KafkaConnection.of(environment);
    }
}
