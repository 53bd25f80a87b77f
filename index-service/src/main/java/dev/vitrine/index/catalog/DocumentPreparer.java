package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.FieldRole;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.servicekit.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns checked documents into what is kept under one schema: types, text to embed, hashes. One
 * thread; made anew for each transaction.
 */
final class DocumentPreparer {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    private static final int HASH_BYTES = 16;

    private final SchemaTyping typing;
    private final SemanticTemplate template;
    private final DocumentProperties limits;
    private final MessageDigest sha256;

    DocumentPreparer(CatalogSchema schema, DocumentProperties limits) {
        this.typing = new SchemaTyping(schema);
        this.template =
                SemanticTemplate.parse(schema.semanticTemplate())
                        .orElseThrow(() -> new IllegalStateException("unchecked template"));
        this.limits = limits;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Prepares a document that somebody sent.
     *
     * @throws ProblemException with PRODUCT_INVALID or PRODUCT_TOO_LARGE
     */
    PreparedDocument prepare(Map<String, Object> document) {
        List<FieldError> faults = new ArrayList<>();
        Map<String, Object> typed = typing.type(document, faults);
        if (!faults.isEmpty()) {
            FieldError first = faults.getFirst();
            throw new ProblemException(
                            WriterErrors.PRODUCT_INVALID,
                            "field '" + first.pointer().substring(1) + "' " + first.message())
                    .withErrors(faults);
        }
        return keep(typed);
    }

    /**
     * Prepares a document that was accepted under an earlier schema. Values that do not fit the new
     * one stay, and the index leaves them out: what was committed is not lost. So does the whole
     * document where types of the new schema, as numbers that become texts, make it too large.
     */
    PreparedDocument prepareAgain(Map<String, Object> document) {
        Map<String, Object> typed = typing.type(document, new ArrayList<>());
        String json = JSON.writeValueAsString(typed);
        return fits(json)
                ? prepared(typed, json)
                : prepared(document, JSON.writeValueAsString(document));
    }

    private PreparedDocument keep(Map<String, Object> document) {
        String json = JSON.writeValueAsString(document);
        if (!fits(json)) {
            throw new ProblemException(
                    WriterErrors.PRODUCT_TOO_LARGE,
                    "a product may have " + limits.maxSize().toKilobytes() + " kB as JSON");
        }
        return prepared(document, json);
    }

    /** A character has at most three bytes; most documents need not be counted. */
    private boolean fits(String json) {
        long max = limits.maxSize().toBytes();
        return json.length() * 3L <= max || json.getBytes(StandardCharsets.UTF_8).length <= max;
    }

    private PreparedDocument prepared(Map<String, Object> document, String json) {
        String semanticText = template.render(document, limits.maxSemanticText());
        return new PreparedDocument(
                json,
                hash(SORTED.writeValueAsBytes(document)),
                semanticText,
                hash(semanticText.getBytes(StandardCharsets.UTF_8)),
                hash(SORTED.writeValueAsBytes(indexedText(document))));
    }

    /** What the text index may hold: searchable fields and codes, with their types. */
    private Map<String, Object> indexedText(Map<String, Object> document) {
        Map<String, Object> indexed = new TreeMap<>();
        document.forEach((name, value) -> {
            Optional<FieldDefinition> definition = typing.resolve(name);
            if (definition.isPresent()
                    && (definition.get().searchable()
                            || definition.get().role() == FieldRole.IDENTIFIER)) {
                indexed.put(name + '\n' + definition.get().type(), value);
            }
        });
        return indexed;
    }

    private String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Arrays.copyOf(sha256.digest(bytes), HASH_BYTES));
    }
}
