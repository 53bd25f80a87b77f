package dev.vitrine.index.scan;

import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.servicekit.KafkaConnection;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** Wires the scan for shards, of the writer role. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WRITER)
@EnableConfigurationProperties(ScanProperties.class)
class ScanConfiguration {

    @Bean
    StateScan stateScan(
            JdbcTemplate jdbc,
            PlatformTransactionManager manager,
            ScanProperties properties,
            KafkaConnection kafka) {
        return new StateScan(jdbc, manager, new ResumeOffsets(kafka), properties);
    }
}
