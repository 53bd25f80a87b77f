package dev.vitrine.gateway.documentation;

import dev.vitrine.contracts.catalog.AliasInfo;
import dev.vitrine.contracts.catalog.CatalogInfo;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.TaskInfo;
import dev.vitrine.contracts.catalog.WriteResult;
import dev.vitrine.contracts.problem.Problem;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;

/**
 * Describes the endpoints that are routes and streams, which no controller method stands for. The
 * schemas come from the contracts' records.
 */
final class PassedThroughEndpoints {

    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";
    private static final String NOT_SEARCHABLE =
            "Committed, but not searchable within the time to wait; Location is the task that tells"
                    + " when";
    private static final String NOT_FOLLOWED = "Committed, not yet followed by this gateway";

    private OpenAPI document = new OpenAPI();

    /** Adds the paths and their schemas. */
    void addTo(OpenAPI target) {
        document = target;
        if (document.getComponents() == null) {
            document.setComponents(new Components());
        }
        catalogs();
        products();
        imports();
        aliases();
        tasks();
    }

    private void catalogs() {
        path("/v1/catalogs")
                .setGet(
                        operation("catalogs", "All catalogues")
                                .responses(answers("200", "Names, schemas and sizes", object())));
        Operation put =
                operation("catalogs", "Makes a catalogue or gives it another schema")
                        .addParametersItem(inPath("catalog"))
                        .requestBody(body(JSON, reference(CatalogSchema.class)))
                        .responses(answers("200", "The catalogue", reference(CatalogInfo.class)));
        put.getResponses()
                .addApiResponse("201", answer("It is new", JSON, reference(CatalogInfo.class)));
        PathItem catalog = path("/v1/catalogs/{catalog}");
        catalog.setPut(put);
        catalog.setDelete(
                operation("catalogs", "Deletes a catalogue with its products")
                        .addParametersItem(inPath("catalog"))
                        .responses(
                                answers(
                                        "202",
                                        "Gone; the task tells how far its products are",
                                        reference(TaskInfo.class))));
        problems(catalog);
        problems(path("/v1/catalogs"));
    }

    private void products() {
        PathItem product = path("/v1/catalogs/{catalog}/products/{id}");
        ApiResponse found = answer("The document and its id", JSON, object());
        found.addHeaderObject("ETag", new Header().description("version").schema(string()));
        product.setGet(
                productOperation("A product")
                        .responses(new ApiResponses().addApiResponse("200", found)));
        product.setPut(documentWrite("Makes or replaces a product"));
        product.setPatch(
                documentWrite("Changes fields of a product (JSON merge patch: null removes)"));
        product.setDelete(
                write("Deletes a product")
                        .responses(
                                new ApiResponses()
                                        .addApiResponse("204", empty("Gone"))
                                        .addApiResponse("202", empty(NOT_SEARCHABLE))));
        problems(product);
    }

    private Operation write(String summary) {
        return productOperation(summary)
                .addParametersItem(parameter("header", "If-Match", "only if it has this version"))
                .addParametersItem(
                        parameter("header", "If-None-Match", "'*': only if it does not exist"))
                .addParametersItem(idempotencyKey())
                .addParametersItem(
                        parameter(
                                "query",
                                "wait",
                                "'searchable': answer when the write can be found"))
                .addParametersItem(parameter("query", "timeout", "how long to wait, e.g. 5s"));
    }

    private Operation documentWrite(String summary) {
        Schema<?> result = reference(WriteResult.class);
        ApiResponses answers = answers("200", "Committed", result);
        answers.addApiResponse("201", answer("Committed, it is new", JSON, result));
        answers.addApiResponse("202", answer(NOT_SEARCHABLE, JSON, result));
        return write(summary).requestBody(body(JSON, object())).responses(answers);
    }

    private void imports() {
        RequestBody body = body(LINES, string());
        body.getContent().addMediaType("text/csv", new MediaType().schema(string()));
        PathItem path = path("/v1/catalogs/{catalog}/products:import");
        path.setPost(
                operation("products", "Imports a stream of products, gzip accepted")
                        .addParametersItem(inPath("catalog"))
                        .addParametersItem(
                                parameter(
                                        "query",
                                        "mode",
                                        "upsert, create, update, delete or replace"))
                        .addParametersItem(
                                parameter(
                                        "query",
                                        "async",
                                        "'true': answer when the body is kept, work on it later"))
                        .addParametersItem(idempotencyKey())
                        .addParametersItem(
                                parameter("query", "separator", "of CSV, one character or 'tab'"))
                        .requestBody(body)
                        .responses(
                                new ApiResponses()
                                        .addApiResponse(
                                                "200",
                                                answer(
                                                        "One result line for each input line, last"
                                                                + " a line with the summary",
                                                        LINES,
                                                        string()))
                                        .addApiResponse(
                                                "202",
                                                answer(
                                                        "The body is committed; Location is the"
                                                                + " task that works on it",
                                                        JSON,
                                                        object()))));
        problems(path);
    }

    private void aliases() {
        PathItem aliases = path("/v1/aliases");
        aliases.setGet(
                operation("catalogs", "All aliases")
                        .responses(answers("200", "Names and catalogues", object())));
        Schema<?> info = reference(AliasInfo.class);
        PathItem alias = path("/v1/aliases/{alias}");
        alias.setGet(
                operation("catalogs", "What an alias stands for")
                        .addParametersItem(inPath("alias"))
                        .responses(answers("200", "The alias", info)));
        Operation put =
                operation("catalogs", "Lets a name stand for a catalogue, at once and as a whole")
                        .addParametersItem(inPath("alias"))
                        .requestBody(body(JSON, object()))
                        .responses(answers("200", "It stands for that now", info));
        put.getResponses()
                .addApiResponse("201", answer("It is new", JSON, info))
                .addApiResponse("202", answer(NOT_FOLLOWED, JSON, info));
        alias.setPut(put);
        alias.setDelete(
                operation("catalogs", "Takes an alias away; its catalogue stays")
                        .addParametersItem(inPath("alias"))
                        .responses(
                                new ApiResponses()
                                        .addApiResponse("204", empty("Gone"))
                                        .addApiResponse("202", empty(NOT_FOLLOWED))));
        problems(aliases);
        problems(alias);
    }

    private void tasks() {
        PathItem tasks = path("/v1/tasks");
        tasks.setGet(
                operation("tasks", "Tasks, newest first")
                        .addParametersItem(parameter("query", "catalog", "of this catalogue only"))
                        .addParametersItem(
                                parameter("query", "state", "queued, running, succeeded or failed"))
                        .addParametersItem(parameter("query", "limit", "1 to 100, 20 by default"))
                        .responses(answers("200", "Tasks", object())));
        problems(tasks);
    }

    private static Parameter idempotencyKey() {
        return parameter(
                "header",
                "Idempotency-Key",
                "names the request, so that it may be sent again without taking effect twice");
    }

    private PathItem path(String path) {
        PathItem known = document.getPaths().get(path);
        if (known == null) {
            known = new PathItem();
            document.getPaths().addPathItem(path, known);
        }
        return known;
    }

    private void problems(PathItem path) {
        for (Operation operation : path.readOperations()) {
            operation
                    .getResponses()
                    .addApiResponse(
                            ApiResponses.DEFAULT,
                            answer("What is wrong", Problem.MEDIA_TYPE, reference(Problem.class)));
        }
    }

    private Operation productOperation(String summary) {
        return operation("products", summary)
                .addParametersItem(inPath("catalog"))
                .addParametersItem(inPath("id"));
    }

    private static Operation operation(String tag, String summary) {
        return new Operation().addTagsItem(tag).summary(summary);
    }

    private static Parameter inPath(String name) {
        return new Parameter().in("path").name(name).required(true).schema(string());
    }

    private static Parameter parameter(String in, String name, String description) {
        return new Parameter().in(in).name(name).description(description).schema(string());
    }

    private static RequestBody body(String mediaType, Schema<?> schema) {
        return new RequestBody()
                .required(true)
                .content(new Content().addMediaType(mediaType, new MediaType().schema(schema)));
    }

    private static ApiResponses answers(String status, String description, Schema<?> schema) {
        return new ApiResponses().addApiResponse(status, answer(description, JSON, schema));
    }

    private static ApiResponse empty(String description) {
        return new ApiResponse().description(description);
    }

    private static ApiResponse answer(String description, String mediaType, Schema<?> schema) {
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType(mediaType, new MediaType().schema(schema)));
    }

    /** A reference to the schema of a record; the schema is added where it is missing. */
    private Schema<?> reference(Class<?> type) {
        ResolvedSchema resolved =
                ModelConverters.getInstance(true)
                        .resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
        resolved.referencedSchemas.forEach((name, schema) -> {
            if (document.getComponents().getSchemas() == null
                    || !document.getComponents().getSchemas().containsKey(name)) {
                document.getComponents().addSchemas(name, schema);
            }
        });
        return resolved.schema;
    }

    private static Schema<?> string() {
        return new JsonSchema().typesItem("string");
    }

    private static Schema<?> object() {
        return new JsonSchema().typesItem("object");
    }
}
