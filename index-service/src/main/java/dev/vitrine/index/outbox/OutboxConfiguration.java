package dev.vitrine.index.outbox;

import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.servicekit.EventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the outbox of the writer role. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WRITER)
@EnableConfigurationProperties(OutboxProperties.class)
class OutboxConfiguration {

    @Bean
    Outbox outbox(JdbcTemplate template, PlatformTransactionManager transactions) {
        return new Outbox(template, new TransactionTemplate(transactions));
    }

    @Bean
    OutboxRelay outboxRelay(
            Outbox outbox,
            DataSource database,
            EventPublisher publisher,
            OutboxProperties properties,
            Clock clock,
            MeterRegistry meters) {
        return new OutboxRelay(
                outbox, new RelayLock(database), publisher, properties, clock, meters);
    }
}
