package dev.vitrine.servicekit;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * How every Kafka client reaches the brokers: addresses, encryption, login. Immutable.
 *
 * <p>Spring Boot's own settings say it: {@code spring.kafka.bootstrap-servers}, {@code
 * .security.protocol}, {@code .ssl.*} and {@code .properties.*}, which hold the login ({@code
 * sasl.mechanism}, {@code sasl.jaas.config}).
 */
public final class KafkaConnection {

    private final String addresses;
    private final Map<String, Object> settings;

    private KafkaConnection(String addresses, Map<String, Object> settings) {
        this.addresses = addresses;
        this.settings = settings;
    }

    /**
     * As the environment says.
     *
     * @throws IllegalArgumentException when {@code spring.kafka.ssl.bundle} is set, which is not
     *     read
     */
    public static KafkaConnection of(Environment environment) {
        KafkaProperties kafka =
                Binder.get(environment).bindOrCreate("spring.kafka", KafkaProperties.class);
        if (kafka.getSsl().getBundle() != null) {
            throw new IllegalArgumentException(
                    "spring.kafka.ssl.bundle is not read; set spring.kafka.ssl.trust-store-* and"
                            + " .key-store-*");
        }
        return new KafkaConnection(
                String.join(",", kafka.getBootstrapServers()),
                Map.copyOf(kafka.buildAdminProperties()));
    }

    /** As the environment variables of this process say, by the names that services take them. */
    public static KafkaConnection ofThisProcess() {
        return of(new StandardEnvironment());
    }

    /**
     * Without encryption or login.
     *
     * @param addresses {@code host:port}, separated by commas
     */
    public static KafkaConnection to(String addresses) {
        return new KafkaConnection(addresses, Map.of());
    }

    /** The same by other addresses. */
    public KafkaConnection at(String others) {
        return new KafkaConnection(others, settings);
    }

    /**
     * All settings of a client.
     *
     * @param own what it needs for itself; comes before what the environment says
     */
    public Map<String, Object> with(Map<String, ?> own) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(own);
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, addresses);
        return all;
    }

    /**
     * A client that asks about topics and groups; the caller closes it.
     *
     * @param own as for {@link #with}
     */
    public Admin admin(Map<String, ?> own) {
        Map<String, Object> all = with(own);
        // Kafka's default begins anew a thousand times a second while no broker listens.
        all.putIfAbsent(
                AdminClientConfig.METADATA_RECOVERY_STRATEGY_CONFIG,
                MetadataRecoveryStrategy.NONE.name);
        return Admin.create(all);
    }

    /** The addresses, and nothing of the login. */
    @Override
    public String toString() {
        return addresses;
    }
}
