package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogInfo;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.TaskInfo;
import dev.vitrine.contracts.catalog.WriteStatus;
import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import dev.vitrine.servicekit.WireJson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/catalogs} and {@code /v1/catalogs/{catalog}}. */
@RestController
@ConditionalOnRole(Role.WRITER)
final class CatalogController {

    private final Catalogs catalogs;
    private final CatalogProperties properties;

    CatalogController(Catalogs catalogs, CatalogProperties properties) {
        this.catalogs = catalogs;
        this.properties = properties;
    }

    /**
     * The catalogues of a tenant.
     *
     * @param catalogs by name
     */
    record CatalogList(List<CatalogInfo> catalogs) {}

    @GetMapping("/v1/catalogs")
    CatalogList list(RequestContext context) {
        return new CatalogList(catalogs.all(context.tenant()));
    }

    @GetMapping("/v1/catalogs/{catalog}")
    CatalogInfo get(@PathVariable String catalog, RequestContext context) {
        return catalogs.info(context.catalog(catalog));
    }

    /** 201 for a new catalogue, 200 for another schema or the same one. */
    @PutMapping("/v1/catalogs/{catalog}")
    ResponseEntity<CatalogInfo> put(
            @PathVariable String catalog, HttpServletRequest request, RequestContext context)
            throws IOException {
        CatalogRef ref = context.catalog(catalog, WriterErrors.CATALOG_NAME_INVALID);
        int maxBytes = Math.toIntExact(properties.maxSchemaSize().toBytes());
        String json =
                RequestBodies.read(
                        request,
                        maxBytes,
                        () ->
                                new ProblemException(
                                        CommonErrors.PAYLOAD_TOO_LARGE,
                                        "a schema may have " + maxBytes + " bytes"));
        CatalogSchema schema =
                RequestBodies.parse(request, WireJson.mapper(), json, CatalogSchema.class);
        WriteStatus status = catalogs.put(ref, schema);
        return ResponseEntity.status(
                        status == WriteStatus.CREATED ? HttpStatus.CREATED : HttpStatus.OK)
                .body(catalogs.info(ref));
    }

    /** 202: the catalogue is gone, its products go; the task tells how far that is. */
    @DeleteMapping("/v1/catalogs/{catalog}")
    ResponseEntity<TaskInfo> delete(@PathVariable String catalog, RequestContext context) {
        TaskInfo task = catalogs.delete(context.catalog(catalog));
        return ResponseEntity.accepted().location(URI.create("/v1/tasks/" + task.id())).body(task);
    }
}
