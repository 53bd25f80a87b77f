package dev.vitrine.gateway.search;

import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.WireJson;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Query parameters of {@code GET} as the JSON that {@code POST} takes. */
final class SearchParameters {

    private SearchParameters() {}

    /**
     * Reads the parameters.
     *
     * @throws ProblemException for one that is unknown, repeated or of the wrong kind
     */
    static ObjectNode read(Map<String, String[]> parameters) {
        ObjectNode request = WireJson.mapper().createObjectNode();
        parameters.forEach((name, values) -> {
            switch (name) {
                case "q", "filter", "mode", "userToken", "sessionId" ->
                        request.put(name, single(name, values));
                case "facets", "sort", "fields" -> list(values, request.putArray(name));
                case "limit", "offset", "timeoutMs" ->
                        request.put(name, number(name, single(name, values)));
                case "highlight", "explain", "analytics" ->
                        request.put(name, bool(name, single(name, values)));
                default -> throw invalid(name, "unknown parameter");
            }
        });
        return request;
    }

    private static String single(String name, String[] values) {
        if (values.length != 1) {
            throw invalid(name, "may be given once");
        }
        return values[0];
    }

    /** Repeated or separated by commas; names of fields hold none. */
    private static void list(String[] values, ArrayNode target) {
        for (String value : values) {
            for (String part : List.of(value.split(",", -1))) {
                if (!part.isBlank()) {
                    target.add(part.strip());
                }
            }
        }
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            throw invalid(name, "expected a whole number");
        }
    }

    private static boolean bool(String name, String value) {
        return switch (value) {
            case "true", "1", "" -> true;
            case "false", "0" -> false;
            default -> throw invalid(name, "expected true or false");
        };
    }

    private static ProblemException invalid(String name, String message) {
        return new ProblemException(CommonErrors.INVALID_PARAMETER, "'" + name + "': " + message)
                .withErrors(List.of(new FieldError(name, message)));
    }
}
