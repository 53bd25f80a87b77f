package dev.vitrine.embedding.request;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import dev.vitrine.contracts.embedding.EmbeddingRequest;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a request within its limits and points at every fault. */
final class EmbeddingRequestReader {

    /** A body full of faults is not answered with a longer one. */
    private static final int ERRORS_MAX = 20;

    private final RequestProperties limits;

    EmbeddingRequestReader(RequestProperties limits) {
        this.limits = limits;
    }

    EmbeddingRequest read(InputStream body) throws IOException {
        int bytesMax = Math.toIntExact(limits.bodyMax().toBytes());
        byte[] bytes = body.readNBytes(bytesMax + 1);
        if (bytes.length > bytesMax) {
            throw new ProblemException(
                    CommonErrors.PAYLOAD_TOO_LARGE, "the limit is " + limits.bodyMax());
        }
        JsonNode tree;
        try {
            tree = WireJson.mapper().readTree(bytes);
        } catch (JacksonException e) {
            throw new ProblemException(CommonErrors.MALFORMED_JSON, e.getOriginalMessage(), e);
        }
        List<FieldError> errors = new ArrayList<>();
        List<String> texts = texts(tree.path("texts"), errors);
        EmbeddingPurpose purpose = purpose(tree.path("purpose"), errors);
        if (!errors.isEmpty()) {
            throw new ProblemException(
                            CommonErrors.INVALID_REQUEST,
                            "expected {\"texts\": [..], \"purpose\": \"query\" or \"product\"}")
                    .withErrors(errors);
        }
        return new EmbeddingRequest(texts, purpose);
    }

    private List<String> texts(JsonNode node, List<FieldError> errors) {
        List<String> texts = new ArrayList<>();
        if (!node.isArray() || node.isEmpty()) {
            errors.add(new FieldError("/texts", "must be a list of at least one text"));
        } else if (node.size() > limits.textsMax()) {
            errors.add(
                    new FieldError(
                            "/texts",
                            "has " + node.size() + " texts; at most " + limits.textsMax()));
        } else {
            for (int i = 0; i < node.size() && errors.size() < ERRORS_MAX; i++) {
                JsonNode text = node.get(i);
                String fault = fault(text);
                if (fault.isEmpty()) {
                    texts.add(text.stringValue());
                } else {
                    errors.add(new FieldError("/texts/" + i, fault));
                }
            }
        }
        return texts;
    }

    private String fault(JsonNode text) {
        if (!text.isString()) {
            return "must be a string";
        }
        if (text.stringValue().isBlank()) {
            return "must not be blank";
        }
        int length = text.stringValue().length();
        return length > limits.charactersMax()
                ? "has " + length + " characters; at most " + limits.charactersMax()
                : "";
    }

    private static EmbeddingPurpose purpose(JsonNode node, List<FieldError> errors) {
        return switch (node.isString() ? node.stringValue() : "") {
            case "query" -> EmbeddingPurpose.QUERY;
            case "product" -> EmbeddingPurpose.PRODUCT;
            default -> {
                errors.add(new FieldError("/purpose", "must be \"query\" or \"product\""));
                yield EmbeddingPurpose.QUERY;
            }
        };
    }
}
