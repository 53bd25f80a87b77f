package dev.vitrine.benchmarks.engine;

import dev.vitrine.benchmarks.catalog.Product;
import dev.vitrine.benchmarks.catalog.Question;
import dev.vitrine.benchmarks.load.HttpAnswer;
import dev.vitrine.benchmarks.load.HttpCall;
import dev.vitrine.benchmarks.load.HttpConnection;
import dev.vitrine.servicekit.WireJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenSearch with the settings that were best of those tried on the same judgements: cross_fields
 * with a minimum match of 2&lt;75% for text; text and approximate vector search in one bool query
 * for hybrid, as no fusion is to be had from Maven Central.
 */
public final class OpenSearchEngine implements Engine {

    private static final String SEARCH = "/products/_search";
    private static final String VECTOR = "v";
    private static final int NEIGHBOURS = 100;
    private static final double VECTOR_BOOST = 5;
    private static final int BULK = 500;

    private static final String INDEX =
            """
            {"settings": {"index": {"number_of_shards": 1, "number_of_replicas": 0,
               "refresh_interval": "1s", "knn": true}},
             "mappings": {"dynamic": false, "properties": {
               "id": {"type": "keyword"},
               "title": {"type": "text", "analyzer": "english"},
               "short_description": {"type": "text", "analyzer": "english"},
               "attrs": {"type": "text", "analyzer": "english"},
               "name": {"type": "text", "analyzer": "standard"},
               "supplier": {"type": "text", "analyzer": "standard",
                 "fields": {"exact": {"type": "keyword"}}},
               "ean": {"type": "text", "analyzer": "standard"},
               "path": {"type": "keyword"},
               "price": {"type": "double"},
               "v": {"type": "knn_vector", "dimension": 384, "method": {"name": "hnsw",
                 "engine": "lucene", "space_type": "cosinesimil",
                 "parameters": {"m": 16, "ef_construction": 100}}}}}}
            """;

    private final OpenSearchProcess process;
    private final Vectors vectors;

    private OpenSearchEngine(OpenSearchProcess process, Vectors vectors) {
        this.process = process;
        this.vectors = vectors;
    }

    /**
     * Starts a node and fills it.
     *
     * @param vectors of products and of all queries that will be asked
     */
    public static OpenSearchEngine start(
            Path home, Path folder, List<Product> products, Vectors vectors)
            throws IOException, InterruptedException {
        OpenSearchEngine engine =
                new OpenSearchEngine(OpenSearchProcess.start(home, folder), vectors);
        try (HttpConnection connection = new HttpConnection(engine.address())) {
            engine.must(connection, HttpCall.json("PUT", engine.address(), "/products", INDEX));
            for (int from = 0; from < products.size(); from += BULK) {
                engine.must(
                        connection,
                        engine.importBatch(
                                products.subList(from, Math.min(products.size(), from + BULK))));
            }
            engine.must(
                    connection,
                    HttpCall.json(
                            "POST",
                            engine.address(),
                            "/products/_forcemerge?max_num_segments=1&flush=true",
                            ""));
            engine.must(
                    connection, HttpCall.json("POST", engine.address(), "/products/_refresh", ""));
        } catch (IOException failed) {
            engine.close();
            throw failed;
        }
        return engine;
    }

    private void must(HttpConnection connection, HttpCall call) throws IOException {
        HttpAnswer answer = connection.send(call);
        String text = answer.text();
        if (answer.status() >= 300 || text.contains("\"errors\":true")) {
            throw new IOException(
                    "OpenSearch answered " + text.substring(0, Math.min(2_000, text.length())));
        }
    }

    @Override
    public String name() {
        return "opensearch";
    }

    @Override
    public URI address() {
        return process.address();
    }

    @Override
    public Map<String, Long> processes() {
        return Map.of("opensearch", process.pid());
    }

    @Override
    public Set<Workload> workloads() {
        // It makes no query vectors itself, and has no similar products by vector without a second
        // request for the vector.
        return EnumSet.of(
                Workload.LEXICAL_FACETS,
                Workload.HYBRID_FACETS,
                Workload.FILTERED,
                Workload.BROWSE);
    }

    @Override
    public List<HttpCall> calls(Workload workload, List<Question> questions) {
        return questions.stream().map(question -> call(workload, question)).toList();
    }

    private HttpCall call(Workload workload, Question question) {
        ObjectNode request = WireJson.mapper().createObjectNode();
        boolean filtered = workload == Workload.FILTERED || workload == Workload.BROWSE;
        ObjectNode bool = request.putObject("query").putObject("bool");
        ObjectNode supplier = WireJson.mapper().createObjectNode();
        supplier.putObject("term").put("supplier.exact", question.supplier());
        if (filtered) {
            bool.putArray("filter").add(supplier);
        }
        if (workload != Workload.BROWSE) {
            legs(
                    bool,
                    question.text(),
                    workload != Workload.LEXICAL_FACETS,
                    filtered ? supplier : null);
        }
        ObjectNode facets = request.putObject("aggs");
        facet(facets, "supplier", "supplier.exact");
        facet(facets, "category", "path");
        Page.FIELDS.forEach(request.putArray("_source")::add);
        return search(request, Page.SIZE);
    }

    private void legs(ObjectNode bool, String text, boolean hybrid, @Nullable ObjectNode filter) {
        ArrayNode should = bool.putArray("should");
        ObjectNode match = should.addObject().putObject("multi_match");
        match.put("query", text);
        match.put("type", "cross_fields");
        match.put("minimum_should_match", "2<75%");
        for (String field :
                List.of("title^3", "short_description", "attrs", "name", "supplier", "ean")) {
            match.withArray("fields").add(field);
        }
        if (hybrid) {
            ObjectNode knn = should.addObject().putObject("knn").putObject(VECTOR);
            floats(knn, "vector", vectors.ofQuery(text));
            knn.put("k", NEIGHBOURS);
            knn.put("boost", VECTOR_BOOST);
            if (filter != null) {
                knn.set("filter", filter);
            }
        }
        bool.put("minimum_should_match", 1);
    }

    private static void facet(ObjectNode facets, String name, String field) {
        ObjectNode terms = facets.putObject(name).putObject("terms");
        terms.put("field", field);
        terms.put("size", Page.FACET_VALUES);
    }

    private HttpCall search(ObjectNode request, int size) {
        request.put("size", size);
        request.put("track_total_hits", true);
        return HttpCall.json("POST", address(), SEARCH, request.toString());
    }

    @Override
    public boolean good(HttpAnswer answer) {
        return answer.status() == 200;
    }

    @Override
    public List<String> ranking(String query, boolean hybrid, int depth) throws IOException {
        ObjectNode request = WireJson.mapper().createObjectNode();
        legs(request.putObject("query").putObject("bool"), query, hybrid, null);
        request.put("_source", false);
        List<String> ids = new ArrayList<>();
        try (HttpConnection connection = new HttpConnection(address())) {
            HttpAnswer answer = connection.send(search(request, depth));
            if (!good(answer)) {
                throw new IOException("'" + query + "' was answered " + answer.text());
            }
            JsonNode hits = WireJson.mapper().readTree(answer.text()).path("hits").path("hits");
            for (JsonNode hit : hits) {
                ids.add(hit.path("_id").stringValue());
            }
        }
        return ids;
    }

    @Override
    public HttpCall setPrice(Product product, double price) {
        return HttpCall.json(
                "POST",
                address(),
                "/products/_update/" + product.id(),
                "{\"doc\":{\"price\":" + price + "}}");
    }

    @Override
    public HttpCall findPrice(Product product, double price) {
        ObjectNode request = WireJson.mapper().createObjectNode();
        ArrayNode filter = request.putObject("query").putObject("bool").putArray("filter");
        filter.addObject().putObject("term").put("id", product.id());
        filter.addObject().putObject("term").put("price", price);
        return search(request, 1);
    }

    @Override
    public boolean found(HttpAnswer answer) {
        return WireJson.mapper()
                        .readTree(answer.text())
                        .path("hits")
                        .path("total")
                        .path("value")
                        .asInt()
                > 0;
    }

    @Override
    public HttpCall importBatch(List<Product> products) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Product product : products) {
            ObjectNode action = WireJson.mapper().createObjectNode();
            action.putObject("index").put("_id", product.id());
            lines.writeBytes(action.toString().getBytes(StandardCharsets.UTF_8));
            lines.write('\n');
            lines.writeBytes(document(product).toString().getBytes(StandardCharsets.UTF_8));
            lines.write('\n');
        }
        return HttpCall.of(
                "POST", address(), "/products/_bulk", "application/x-ndjson", lines.toByteArray());
    }

    private ObjectNode document(Product product) {
        ObjectNode document = WireJson.mapper().createObjectNode();
        document.put("id", product.id());
        for (String field : Page.FIELDS) {
            JsonNode value = product.document().path(field);
            if (!value.isMissingNode()) {
                document.set(field, value);
            }
        }
        document.set(
                "ean",
                product.document().path("ean").isArray()
                        ? product.document().path("ean")
                        : WireJson.mapper().createArrayNode());
        StringBuilder attributes = new StringBuilder();
        product.document()
                .properties()
                .forEach(field -> {
                    if (field.getKey().startsWith("attr_t_")) {
                        attributes.append(product.text(field.getKey())).append(' ');
                    }
                });
        document.put("attrs", attributes.toString());
        ArrayNode path = document.putArray("path");
        String category = product.text("category");
        for (int end = category.indexOf(" > "); end >= 0; end = category.indexOf(" > ", end + 1)) {
            path.add(category.substring(0, end));
        }
        path.add(category);
        floats(document, VECTOR, vectors.ofProduct(product.id()));
        return document;
    }

    private static void floats(ObjectNode parent, String name, float[] vector) {
        ArrayNode array = parent.putArray(name);
        for (float value : vector) {
            array.add(value);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
