package dev.vitrine.gateway;

import dev.vitrine.servicekit.ServiceKitConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Starts gateway-service alone; its settings are in {@code gateway.yml}. */
@SpringBootApplication
@Import(ServiceKitConfiguration.class)
public class GatewayApplication {

    /** Runs until the process is told to stop. */
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(GatewayApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "gateway"));
        application.run(args);
    }
}
