package dev.vitrine.recommender;

import dev.vitrine.servicekit.ServiceKitConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Starts recommender-service. */
@SpringBootApplication
@Import(ServiceKitConfiguration.class)
public class RecommenderApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(RecommenderApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "recommender"));
        application.run(args);
    }
}
