package dev.vitrine.index.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vitrine.contracts.catalog.AliasInfo;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.WriteStatus;
import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import dev.vitrine.servicekit.WireJson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/aliases} and {@code /v1/aliases/{alias}}. */
@RestController
@ConditionalOnRole(Role.WRITER)
final class AliasController {

    private static final int MAX_BODY = 4 * 1024;

    private final Aliases aliases;

    AliasController(Aliases aliases) {
        this.aliases = aliases;
    }

    /**
     * The aliases of a tenant.
     *
     * @param aliases by name
     */
    record AliasList(List<AliasInfo> aliases) {}

    /**
     * What an alias is to stand for.
     *
     * @param catalog name of a catalogue
     */
    record Target(@JsonProperty(value = "catalog", required = true) String catalog) {}

    @GetMapping("/v1/aliases")
    AliasList list(RequestContext context) {
        return new AliasList(aliases.all(context.tenant()));
    }

    @GetMapping("/v1/aliases/{alias}")
    ResponseEntity<AliasInfo> get(@PathVariable String alias, RequestContext context) {
        return answer(HttpStatus.OK, aliases.info(context.catalog(alias)));
    }

    /** 201 for a new name, 200 when it now stands for another catalogue, or the same. */
    @PutMapping("/v1/aliases/{alias}")
    ResponseEntity<AliasInfo> put(
            @PathVariable String alias, HttpServletRequest request, RequestContext context)
            throws IOException {
        CatalogRef ref = context.catalog(alias, WriterErrors.CATALOG_NAME_INVALID);
        String json =
                RequestBodies.read(
                        request,
                        MAX_BODY,
                        () ->
                                new ProblemException(
                                        CommonErrors.PAYLOAD_TOO_LARGE,
                                        "an alias is one name in " + MAX_BODY + " bytes"));
        Target target = RequestBodies.parse(request, WireJson.mapper(), json, Target.class);
        WriteStatus status = aliases.put(ref, String.valueOf(target.catalog()));
        return answer(
                status == WriteStatus.CREATED ? HttpStatus.CREATED : HttpStatus.OK,
                aliases.info(ref));
    }

    /** The version of the name, which goes on, is the answer's entity tag. */
    @DeleteMapping("/v1/aliases/{alias}")
    ResponseEntity<Void> delete(@PathVariable String alias, RequestContext context) {
        long version = aliases.delete(context.catalog(alias));
        return ResponseEntity.noContent().eTag(EntityTags.of(version)).build();
    }

    private static ResponseEntity<AliasInfo> answer(HttpStatus status, AliasInfo info) {
        return ResponseEntity.status(status).eTag(EntityTags.of(info.version())).body(info);
    }
}
