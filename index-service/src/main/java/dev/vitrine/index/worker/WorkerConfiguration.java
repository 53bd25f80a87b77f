package dev.vitrine.index.worker;

import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows how the workers of the writer role are. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WRITER)
class WorkerConfiguration {

    @Bean
    MeterBinder workerFailures(List<Worker> workers) {
        return meters ->
                workers.forEach(worker ->
                        Gauge.builder("index.worker.failures", worker, Worker::failures)
                                .description("Steps that failed since the last one that did not")
                                .tag("worker", worker.name())
                                .register(meters));
    }
}
