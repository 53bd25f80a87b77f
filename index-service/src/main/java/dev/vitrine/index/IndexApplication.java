package dev.vitrine.index;

import dev.vitrine.servicekit.ServiceKitConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Starts index-service alone, in the roles of {@code index.roles}; see {@code index.yml}. */
@SpringBootApplication
@Import(ServiceKitConfiguration.class)
public class IndexApplication {

    /** Runs until the process is told to stop. */
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(IndexApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "index"));
        application.run(args);
    }
}
