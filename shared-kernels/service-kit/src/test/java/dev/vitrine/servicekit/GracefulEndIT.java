package dev.vitrine.servicekit;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service is told to end between a servlet's return and the writing of its answer. */
final class GracefulEndIT {

    private static final CountDownLatch HANDLED = new CountDownLatch(1);
    private static final CountDownLatch STOPPED = new CountDownLatch(1);

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({ServiceKitConfiguration.class, Answering.class})
    static class Service {

        /** Holds what the servlet has done for three seconds, or until the server has stopped. */
        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> gap() {
            return factory -> factory.addEngineValves(new Gap());
        }

        @Bean
        SmartLifecycle afterTheServer() {
            return new AfterTheServer();
        }
    }

    private static final class Gap extends ValveBase {
        Gap() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response)
                throws IOException, ServletException {
            getNext().invoke(request, response);
            HANDLED.countDown();
            try {
                var _ = STOPPED.await(3, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class AfterTheServer implements SmartLifecycle {
        private volatile boolean running;

        @Override
        public int getPhase() {
            return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            STOPPED.countDown();
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    @RestController
    static final class Answering {
        /** JSON waits in Tomcat's buffer for the servlet's return; Spring flushes text before. */
        @GetMapping("/answer")
        Map<String, String> answer() {
            return Map.of("answer", "whole");
        }
    }

    @Test
    void toldToEnd_whileAnAnswerIsNotWrittenYet_writesIt() throws Exception {
        SpringApplication application = new SpringApplication(Service.class);
        application.setDefaultProperties(
                Map.of(
                        "server.port", 0,
                        "spring.main.banner-mode", "off",
                        "server.shutdown", "graceful",
                        "spring.threads.virtual.enabled", true,
                        "vitrine.autoconfigure.without", "org.springframework.boot.kafka."));
        ConfigurableApplicationContext context = application.run();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String port = context.getEnvironment().getRequiredProperty("local.server.port");
            CompletableFuture<HttpResponse<String>> answer =
                    client.sendAsync(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + port + "/answer"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(HANDLED.await(30, TimeUnit.SECONDS)).isTrue();

            context.close();

            assertThat(answer.get(30, TimeUnit.SECONDS).body()).isEqualTo("{\"answer\":\"whole\"}");
        } finally {
            context.close();
        }
    }
}
