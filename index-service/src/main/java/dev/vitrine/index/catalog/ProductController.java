package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.catalog.WriteResult;
import dev.vitrine.contracts.catalog.WriteStatus;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.index.idempotency.RequestKey;
import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.index.transaction.Transactions;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import dev.vitrine.servicekit.WireJson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /v1/catalogs/{catalog}/products/{id}}. An id may hold slashes, encoded or not: it is all
 * of the path that is left. A {@code ;} must be encoded.
 */
@RestController
@ConditionalOnRole(Role.WRITER)
final class ProductController {

    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String PATH = "/v1/catalogs/{catalog}/products/{*id}";

    private final CatalogWriter writer;
    private final Catalogs catalogs;
    private final ProductTable products;
    private final Transactions transactions;
    private final DocumentReader reader;

    ProductController(
            CatalogWriter writer,
            Catalogs catalogs,
            ProductTable products,
            Transactions transactions,
            DocumentReader reader) {
        this.writer = writer;
        this.catalogs = catalogs;
        this.products = products;
        this.transactions = transactions;
        this.reader = reader;
    }

    /** The document as it was sent, with typed values, and its id. */
    @GetMapping(PATH)
    ResponseEntity<String> get(
            @PathVariable String catalog,
            @PathVariable String id,
            HttpServletRequest request,
            RequestContext context) {
        ProductKey key = new ProductKey(context.catalog(catalog), id(id, request));
        catalogs.require(key.catalog());
        ProductRow row =
                transactions
                        .run(() -> products.find(key))
                        .orElseThrow(() ->
                                new ProblemException(
                                        CommonErrors.PRODUCT_NOT_FOUND,
                                        "product '"
                                                + key.id()
                                                + "' does not exist in catalogue '"
                                                + catalog
                                                + "'"));
        return ResponseEntity.ok()
                .eTag(EntityTags.of(row.version()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(withId(key.id(), String.valueOf(row.document())));
    }

    @PutMapping(PATH)
    ResponseEntity<WriteResult> put(
            @PathVariable String catalog,
            @PathVariable String id,
            HttpServletRequest request,
            RequestContext context)
            throws IOException {
        CatalogRef ref = context.catalog(catalog);
        String product = id(id, request);
        String body = body(request);
        return answer(
                write(
                        request,
                        ref,
                        new WriteCommand.Put(
                                product,
                                document(body, product),
                                false,
                                EntityTags.precondition(request)),
                        body));
    }

    @PatchMapping(PATH)
    ResponseEntity<WriteResult> patch(
            @PathVariable String catalog,
            @PathVariable String id,
            HttpServletRequest request,
            RequestContext context)
            throws IOException {
        CatalogRef ref = context.catalog(catalog);
        String product = id(id, request);
        if (JSON_PATCH.equals(mediaType(request))) {
            throw new ProblemException(
                    CommonErrors.UNSUPPORTED_MEDIA_TYPE,
                    "PATCH takes a JSON merge patch (application/merge-patch+json), not JSON Patch");
        }
        String body = body(request);
        return answer(
                write(
                        request,
                        ref,
                        new WriteCommand.Merge(
                                product, document(body, product), EntityTags.precondition(request)),
                        body));
    }

    @DeleteMapping(PATH)
    ResponseEntity<Void> delete(
            @PathVariable String catalog,
            @PathVariable String id,
            HttpServletRequest request,
            RequestContext context) {
        WriteResult result =
                write(
                        request,
                        context.catalog(catalog),
                        new WriteCommand.Delete(
                                id(id, request), true, EntityTags.precondition(request)),
                        "");
        // The version of the tombstone: whoever waits until the deletion is searchable needs it.
        return ResponseEntity.noContent().eTag(EntityTags.of(result.version())).build();
    }

    private WriteResult write(
            HttpServletRequest request, CatalogRef ref, WriteCommand command, String body) {
        return RequestKey.of(
                        request.getHeader(RequestKey.HEADER),
                        ref.tenant(),
                        List.of(
                                request.getMethod(),
                                ref.catalog(),
                                command.id(),
                                String.valueOf(request.getHeader("If-Match")),
                                String.valueOf(request.getHeader("If-None-Match")),
                                body))
                .map(key -> writer.write(ref, command, key))
                .orElseGet(() -> writer.write(ref, command));
    }

    private static String mediaType(HttpServletRequest request) {
        String type = request.getContentType();
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private String body(HttpServletRequest request) throws IOException {
        return RequestBodies.read(request, reader.maxBytes(), reader::tooLarge);
    }

    private Map<String, Object> document(String json, String id) {
        Map<String, Object> document = reader.read(json);
        Object named = document.remove("id");
        if (named != null && !named.toString().equals(id)) {
            throw new ProblemException(
                            WriterErrors.PRODUCT_ID_INVALID, "the body names another product")
                    .withErrors(List.of(new FieldError("/id", "must be '" + id + "' or left out")));
        }
        return document;
    }

    private static ResponseEntity<WriteResult> answer(WriteResult result) {
        return ResponseEntity.status(
                        result.status() == WriteStatus.CREATED ? HttpStatus.CREATED : HttpStatus.OK)
                .eTag(EntityTags.of(result.version()))
                .body(result);
    }

    /** The id from the rest of the path, which begins with a slash. */
    private static String id(String rest, HttpServletRequest request) {
        if (request.getRequestURI().indexOf(';') >= 0) {
            // Spring takes it and what follows for a parameter: another product would be meant.
            String message = "write %3B for a ';' in a path";
            throw new ProblemException(WriterErrors.PRODUCT_ID_INVALID, message)
                    .withErrors(List.of(new FieldError("id", message)));
        }
        String id = rest.startsWith("/") ? rest.substring(1) : rest;
        if (!ProductKey.isId(id)) {
            throw invalidId("id");
        }
        return id;
    }

    static ProblemException invalidId(String pointer) {
        String message =
                "a product id has 1 to "
                        + ProductKey.MAX_ID_LENGTH
                        + " characters and no control characters";
        return new ProblemException(WriterErrors.PRODUCT_ID_INVALID, message)
                .withErrors(List.of(new FieldError(pointer, message)));
    }

    private static String withId(String id, String document) {
        String member = "{\"id\":" + WireJson.mapper().writeValueAsString(id);
        return document.equals("{}") ? member + '}' : member + ',' + document.substring(1);
    }
}
