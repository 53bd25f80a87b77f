package dev.vitrine.embedding;

import dev.vitrine.servicekit.ServiceKitConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Starts embedding-service. */
@SpringBootApplication
@Import(ServiceKitConfiguration.class)
public class EmbeddingApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(EmbeddingApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "embedding"));
        application.run(args);
    }
}
