package dev.vitrine.index.catalog;

import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.support.JdbcRepositoryFactoryBean;

/**
 * Wires Spring Data for the rows of catalogues. It is made when a catalogue is asked for, not on
 * the way to readiness: it takes more than a thousand classes.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WRITER)
@Lazy
class CatalogRowsConfiguration extends AbstractJdbcConfiguration {

    @Bean
    static JdbcRepositoryFactoryBean<CatalogRepository, CatalogRow, Long> catalogRepository() {
        return new JdbcRepositoryFactoryBean<>(CatalogRepository.class);
    }

    @Override
    protected List<?> userConverters() {
        return SchemaConverters.all();
    }

    @Override
    protected Set<Class<?>> getInitialEntitySet() {
        return Set.of(CatalogRow.class);
    }
}
