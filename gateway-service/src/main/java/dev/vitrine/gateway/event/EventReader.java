package dev.vitrine.gateway.event;

import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the body of a call into its events. It takes more than JSON ought to hold (NaN, deep
 * nesting), so that such an event can be refused by itself instead of spoiling the other 999.
 */
final class EventReader {

    /** Cheap to read, since trees are built without recursion, and far over what is refused. */
    private static final int DEPTH_READ = 10_000;

    private final JsonMapper lenient =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_READ)
                                                    .build())
                                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                                    .build())
                    .build();
    private final int most;

    EventReader(int most) {
        this.most = most;
    }

    /**
     * The events of {@code {"events": [...]}}, unjudged.
     *
     * @throws ProblemException when the body as a whole cannot be used
     */
    List<JsonNode> read(byte[] body) {
        JsonNode tree;
        try {
            tree = lenient.readTree(body);
        } catch (JacksonException e) {
            throw new ProblemException(CommonErrors.MALFORMED_JSON, detail(e), e);
        }
        if (tree.isMissingNode()) {
            throw new ProblemException(CommonErrors.MALFORMED_JSON, "the body is empty");
        }
        JsonNode events = tree.path("events");
        if (!events.isArray() || events.isEmpty() || events.size() > most) {
            String message = "expected a list of 1 to " + most + " events";
            throw new ProblemException(CommonErrors.INVALID_REQUEST, "/events: " + message)
                    .withErrors(List.of(new FieldError("/events", message)));
        }
        return events.valueStream().toList();
    }

    private static String detail(JacksonException e) {
        return e.getLocation() == null
                ? e.getOriginalMessage()
                : "%s (line %d, column %d)"
                        .formatted(
                                e.getOriginalMessage(),
                                e.getLocation().getLineNr(),
                                e.getLocation().getColumnNr());
    }
}
