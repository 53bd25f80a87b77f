package dev.vitrine.standalone.runtime;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The variables that a service is started with: the same names whether they reach it as environment
 * of a process or as properties of a context.
 */
final class ServiceSettings {
    private ServiceSettings() {}

    /** Variables of one service; only the index is told how to reach the database. */
    static Map<String, String> of(
            Part service,
            RunSettings settings,
            Map<Part, Integer> ports,
            String host,
            Database database,
            String kafka) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("VITRINE_DATA", settings.data().root().toString());
        variables.put("VITRINE_BIND", settings.bind());
        variables.put("VITRINE_KAFKA", kafka);
        for (Part part : Part.services()) {
            int port = ports.getOrDefault(part, 0);
            variables.put(part.portVariable(), Integer.toString(port));
            if (part != Part.GATEWAY) {
                variables.put(part.uriVariable(), "http://" + host + ":" + port);
            }
        }
        if (service == Part.INDEX) {
            variables.put("VITRINE_JDBC_URL", database.jdbcUrl());
            variables.put("VITRINE_JDBC_USER", database.user());
            variables.put("VITRINE_JDBC_PASSWORD", database.password());
        }
        if (service == Part.GATEWAY) {
            settings.variable("VITRINE_CURRENCY")
                    .ifPresent(currency -> variables.put("VITRINE_CURRENCY", currency));
        }
        return variables;
    }
}
