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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Vitrine through its gateway. */
public final class VitrineEngine implements Engine {

    private final VitrineProcess process;
    private final URI gateway;

    public VitrineEngine(VitrineProcess process) {
        this.process = process;
        this.gateway = process.address("gateway");
    }

    @Override
    public String name() {
        return "vitrine";
    }

    @Override
    public URI address() {
        return gateway;
    }

    @Override
    public Map<String, Long> processes() {
        return process.processes();
    }

    @Override
    public Set<Workload> workloads() {
        return EnumSet.allOf(Workload.class);
    }

    @Override
    public List<HttpCall> calls(Workload workload, List<Question> questions) {
        return questions.stream()
                .map(question -> VitrineCalls.search(gateway, workload, question))
                .toList();
    }

    @Override
    public boolean good(HttpAnswer answer) {
        // The last property of every answer, searches and similar products alike.
        return answer.status() == 200 && answer.endsWith("\"partial\":[]}");
    }

    @Override
    public List<String> ranking(String query, boolean hybrid, int depth) throws IOException {
        List<String> ids = new ArrayList<>();
        try (HttpConnection connection = new HttpConnection(gateway)) {
            HttpAnswer answer =
                    connection.send(VitrineCalls.ranking(gateway, query, hybrid, depth));
            if (!good(answer)) {
                throw new IOException("'" + query + "' was answered " + answer.text());
            }
            for (JsonNode hit : WireJson.mapper().readTree(answer.text()).path("hits")) {
                ids.add(hit.path("id").stringValue());
            }
        }
        return ids;
    }

    @Override
    public HttpCall setPrice(Product product, double price) {
        String id = URLEncoder.encode(product.id(), StandardCharsets.UTF_8);
        return HttpCall.json(
                "PATCH",
                gateway,
                VitrineCalls.CATALOG + "/products/" + id,
                "{\"price\":" + price + "}");
    }

    @Override
    public HttpCall findPrice(Product product, double price) {
        return VitrineCalls.findPrice(gateway, product.text("name"), price);
    }

    @Override
    public boolean found(HttpAnswer answer) {
        return WireJson.mapper().readTree(answer.text()).path("total").asInt() > 0;
    }

    @Override
    public HttpCall importBatch(List<Product> products) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Product product : products) {
            lines.writeBytes(WireJson.write(product.document()));
            lines.write('\n');
        }
        return HttpCall.of(
                "POST",
                gateway,
                VitrineCalls.CATALOG + "/products:import?mode=upsert",
                "application/x-ndjson",
                lines.toByteArray());
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
