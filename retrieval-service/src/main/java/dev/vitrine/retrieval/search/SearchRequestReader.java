package dev.vitrine.retrieval.search;

import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.contracts.retrieval.SearchRequest;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads search requests strictly: a misspelt property or a number in quotes is told to the user,
 * never skipped or guessed. Messages between services are read leniently, so this mapper is not the
 * one of the context.
 */
final class SearchRequestReader {

    private final JsonMapper strict =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .withCoercionConfig(
                            LogicalType.Textual,
                            config ->
                                    config.setCoercion(
                                                    CoercionInputShape.Integer, CoercionAction.Fail)
                                            .setCoercion(
                                                    CoercionInputShape.Float, CoercionAction.Fail)
                                            .setCoercion(
                                                    CoercionInputShape.Boolean,
                                                    CoercionAction.Fail))
                    .build();

    /**
     * Reads a request.
     *
     * @throws ProblemException with a pointer to what is wrong
     */
    SearchRequest read(JsonNode body) {
        if (!body.isObject()) {
            throw invalid("", "expected an object");
        }
        try {
            return strict.treeToValue(body, SearchRequest.class);
        } catch (UnrecognizedPropertyException unknown) {
            throw invalid(
                    pointer(unknown),
                    "unknown property; known are "
                            + unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        } catch (JacksonException wrong) {
            throw invalid(pointer(wrong), message(wrong));
        }
    }

    /** The first line; what follows tells Java classes, not users. */
    private static String message(JacksonException wrong) {
        Throwable cause = wrong.getCause();
        if (cause instanceof IllegalArgumentException own && own.getMessage() != null) {
            return own.getMessage();
        }
        return String.valueOf(wrong.getOriginalMessage())
                .lines()
                .findFirst()
                .orElse("wrong kind of value")
                .replaceAll("`?(?:[a-z]\\w*\\.)+([A-Z]\\w*)(?:<[^>]*>)?`?", "$1");
    }

    private static String pointer(JacksonException wrong) {
        return wrong.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null
                                ? Integer.toString(step.getIndex())
                                : step.getPropertyName().replace("~", "~0").replace("/", "~1"))
                .map(step -> '/' + step)
                .collect(Collectors.joining());
    }

    private static ProblemException invalid(String pointer, String message) {
        String where = pointer.isEmpty() ? "the body" : pointer;
        return new ProblemException(CommonErrors.INVALID_REQUEST, where + ": " + message)
                .withErrors(List.of(new FieldError(pointer, message)));
    }
}
