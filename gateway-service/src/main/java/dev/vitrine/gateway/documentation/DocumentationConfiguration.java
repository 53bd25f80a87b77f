package dev.vitrine.gateway.documentation;

import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the OpenAPI document. */
@Configuration(proxyBeanMethods = false)
class DocumentationConfiguration {

    @Bean
    OpenApiCustomizer interfaceDocument() {
        return document -> {
            document.setInfo(
                    new Info()
                            .title("Vitrine")
                            .version("v1")
                            .description("Product search and recommendation")
                            .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
            new PassedThroughEndpoints().addTo(document);
        };
    }
}
