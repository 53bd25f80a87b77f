package dev.vitrine.servicekit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A service is told to end while its start waits for a broker that is not there. */
final class EndWhileWaitingIT {

    /** Exit code of a JVM that ended by SIGTERM. */
    private static final int TERMINATED = 128 + 15;

    /** Much less than the two minutes of the wait, and much for a JVM on a busy machine. */
    private static final long PATIENCE_SECONDS = 40;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(ServiceKitConfiguration.class)
    static class Service {

        public static void main(String[] arguments) {
            SpringApplication.run(Service.class, arguments);
        }
    }

    @Test
    void toldToEnd_whileNoBrokerAnswers_endsWithoutWaitingForIt() throws Exception {
        Process process = start();
        try (BufferedReader output = process.inputReader()) {
            boolean waits = output.lines().anyMatch(line -> line.contains("Connection to node -1"));
            assertThat(waits).as("Kafka's client looks for the broker").isTrue();

            process.destroy();
            Thread reader = Thread.ofVirtual().start(() -> output.lines().forEach(line -> {}));

            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(TERMINATED);
            reader.join();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Service.class.getName(),
                        "--server.port=0",
                        "--spring.application.name=waiting",
                        "--spring.kafka.bootstrap-servers=127.0.0.1:" + nobody,
                        "--vitrine.autoconfigure.without=org.springframework.boot.kafka.",
                        "--vitrine.events.publish=true")
                .redirectErrorStream(true)
                .start();
    }
}
