package dev.vitrine.servicekit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Parameters that Tomcat cannot read are their sender's fault. */
final class UnreadableParameterIT {

    private static final int FORM_LIMIT = 100;

    private static ConfigurableApplicationContext service;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({ServiceKitConfiguration.class, Echo.class})
    static class Service {}

    @RestController
    static final class Echo {
        @RequestMapping("/echo")
        Map<String, String> echo(@RequestParam String q) {
            return Map.of("q", q);
        }
    }

    @BeforeAll
    static void start() {
        SpringApplication application = new SpringApplication(Service.class);
        application.setDefaultProperties(
                Map.of(
                        "server.port",
                        0,
                        "spring.main.banner-mode",
                        "off",
                        "server.tomcat.max-http-form-post-size",
                        FORM_LIMIT + "B",
                        "vitrine.autoconfigure.without",
                        "org.springframework.boot.kafka."));
        service = application.run();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"caf%E9", "100%", "%zz", "a%4"})
    void queryThatDoesNotDecode_is400(String value) throws IOException {
        assertThat(answer("GET /echo?q=" + value, ""))
                .startsWith("HTTP/1.1 400")
                .contains("\"code\":\"INVALID_PARAMETER\"");
    }

    @Test
    void formThatIsTooLong_is413() throws IOException {
        assertThat(answer("POST /echo", "q=" + "x".repeat(FORM_LIMIT)))
                .startsWith("HTTP/1.1 413")
                .contains("\"code\":\"PAYLOAD_TOO_LARGE\"");
    }

    @Test
    void queryThatDecodes_isRead() throws IOException {
        assertThat(answer("GET /echo?q=caf%C3%A9", ""))
                .startsWith("HTTP/1.1 200")
                .contains("{\"q\":\"café\"}");
    }

    /** Over a socket: clients refuse to send such addresses. */
    private static String answer(String line, String form) throws IOException {
        int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(
                            (line
                                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                            + "Content-Type: application/x-www-form-urlencoded\r\n"
                                            + "Content-Length: "
                                            + form.length()
                                            + "\r\n\r\n"
                                            + form)
                                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
