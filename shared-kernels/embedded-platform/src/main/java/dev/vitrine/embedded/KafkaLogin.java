package dev.vitrine.embedded;

import java.util.Map;

/**
 * The one login that a broker takes of its clients, by SASL/PLAIN without encryption: enough on the
 * loopback address.
 *
 * @param user letters and digits
 * @param password letters and digits
 */
public record KafkaLogin(String user, String password) {

    public KafkaLogin {
        if (!user.matches("\\p{Alnum}+") || !password.matches("\\p{Alnum}+")) {
            throw new IllegalArgumentException("user and password are letters and digits");
        }
    }

    /** What a client sets besides the addresses. */
    public Map<String, String> client() {
        return Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", module() + ";");
    }

    /** What the broker sets to demand it on a listener; it is a client of its own. */
    Map<String, String> broker(String listener) {
        return Map.of(
                "sasl.enabled.mechanisms",
                "PLAIN",
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                "listener.name.%s.plain.sasl.jaas.config".formatted(listener),
                "%s user_%s=\"%s\";".formatted(module(), user, password));
    }

    private String module() {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\""
                .formatted(user, password);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "KafkaLogin[user=" + user + "]";
    }
}
