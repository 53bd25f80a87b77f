package dev.vitrine.gateway.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /console/config}. */
@RestController
final class ConsoleController {

    /**
     * What the page asks before it draws.
     *
     * @param images whether product images may be shown
     * @param currency ISO 4217 code of the prices, or null
     * @param currencies the same by catalogue, where they differ
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record ConsoleConfig(
            boolean images, @Nullable String currency, Map<String, String> currencies) {}

    private final ConsoleConfig config;

    ConsoleController(ConsoleProperties settings) {
        this.config =
                new ConsoleConfig(
                        settings.images(), settings.currencyOfAll(), settings.currencies());
    }

    @GetMapping("/console/config")
    @Operation(summary = "What the web page may do", tags = "console")
    ConsoleConfig config() {
        return config;
    }
}
