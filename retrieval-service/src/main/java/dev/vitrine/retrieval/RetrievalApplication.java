package dev.vitrine.retrieval;

import dev.vitrine.servicekit.ServiceKitConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Starts retrieval-service alone; its settings are in {@code retrieval.yml}. */
@SpringBootApplication
@Import(ServiceKitConfiguration.class)
public class RetrievalApplication {

    /** Runs until the process is told to stop. */
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(RetrievalApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "retrieval"));
        application.run(args);
    }
}
