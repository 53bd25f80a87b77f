package dev.vitrine.gateway.console;

import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /console/config}. */
@RestController
final class ConsoleController {

    /**
     * What the page asks before it draws.
     *
     * @param images whether product images may be shown
     */
    record ConsoleConfig(boolean images) {}

    private final ConsoleConfig config;

    ConsoleController(ConsoleProperties settings) {
        this.config = new ConsoleConfig(settings.images());
    }

    @GetMapping("/console/config")
    @Operation(summary = "What the web page may do", tags = "console")
    ConsoleConfig config() {
        return config;
    }
}
