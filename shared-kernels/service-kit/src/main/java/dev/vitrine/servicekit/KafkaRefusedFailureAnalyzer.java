package dev.vitrine.servicekit;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at a failed start which settings the brokers refused. */
final class KafkaRefusedFailureAnalyzer extends AbstractFailureAnalyzer<KafkaRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, KafkaRefusedException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Check spring.kafka.security.protocol, the login in"
                        + " spring.kafka.properties.sasl.mechanism and .sasl.jaas.config, and the"
                        + " certificates in spring.kafka.ssl.",
                cause);
    }
}
