package dev.vitrine.servicekit;

import org.apache.kafka.common.errors.AuthenticationException;

/** The brokers were reached and do not take our login, or we do not trust their certificate. */
final class KafkaRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    KafkaRefusedException(KafkaConnection kafka, AuthenticationException refusal) {
        super("Kafka at " + kafka + " cannot be used: " + refusal.getMessage(), refusal);
    }
}
