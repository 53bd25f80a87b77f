package dev.vitrine.servicekit;

import dev.vitrine.contracts.wire.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The kit's beans; a service imports this. Always: clock, problems, request context, draining. By
 * property: kernels ({@code vitrine.kernels.enabled}), topics and events ({@code
 * vitrine.events.publish}), schemas ({@code vitrine.catalog-directory.enabled}).
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServiceKitProperties.class)
@Import(ProblemAdvice.class)
public class ServiceKitConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    WebMvcConfigurer requestContextConfigurer(ServiceKitProperties properties, Clock clock) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new RequestContextResolver(properties.requestTimeout(), clock));
            }
        };
    }

    @Bean
    Drain drain(ServiceKitProperties properties) {
        return new Drain(properties.drain());
    }

    @Bean
    KafkaConnection kafkaConnection(Environment environment) {
        return KafkaConnection.of(environment);
    }

    @Bean
    TopicProvisioner topicProvisioner(KafkaConnection kafka, ServiceKitProperties properties) {
        return new TopicProvisioner(kafka, properties.topicReplication());
    }

    @Bean
    RequestThreads requestThreads() {
        return new RequestThreads();
    }

    /**
     * Product ids may hold slashes, so {@code %2F} must reach the controllers as it is. Most
     * answers fit into the buffer, and are written at once then.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connector(RequestThreads threads) {
        return factory ->
                factory.addConnectorCustomizers(connector -> {
                    connector.setEncodedSolidusHandling(
                            EncodedSolidusHandling.PASS_THROUGH.getValue());
                    connector.setProperty(
                            "socket.appWriteBufSize",
                            Integer.toString(ServiceConnections.BUFFER_BYTES));
                    connector.getProtocolHandler().setExecutor(threads.executor());
                });
    }

    /** Only who computes with vectors pays for the warm-up. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("vitrine.kernels.enabled")
    static class Kernels {

        @Bean
        KernelInfo kernelInfo(
                MeterRegistry meters,
                @Value("${vitrine.kernels.dimensions:384}") int dimensions,
                @Value("${vitrine.kernels.require-simd:false}") boolean requireSimd) {
            return new KernelInfo(meters, dimensions, requireSimd);
        }
    }

    /** Topics exist before the first bean that uses them is made. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("vitrine.events.publish")
    static class Publishing {

        @Bean
        EventPublisher eventPublisher(
                TopicProvisioner topics,
                ServiceKitProperties properties,
                Clock clock,
                @Value("${spring.application.name}") String application,
                KafkaConnection kafka) {
            topics.ensure(Topics.all());
            return new EventPublisher(
                    "/vitrine/" + application, kafka, properties.eventDelivery(), clock);
        }

        @Bean
        DeadLetters deadLetters(EventPublisher publisher) {
            return new DeadLetters(publisher);
        }
    }

    /** Schemas of all catalogues in memory. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("vitrine.catalog-directory.enabled")
    static class Catalogs {

        @Bean(initMethod = "start")
        CatalogDirectory catalogDirectory(
                TopicProvisioner topics,
                @Value("${spring.application.name}") String application,
                KafkaConnection kafka) {
            topics.ensure(Topics.all());
            return new CatalogDirectory(application, kafka);
        }

        /** For the readiness of services that cannot answer without a schema. */
        @Bean
        HealthIndicator catalogDirectoryHealthIndicator(CatalogDirectory directory) {
            return () -> (directory.ready() ? Health.up() : Health.outOfService()).build();
        }
    }
}
