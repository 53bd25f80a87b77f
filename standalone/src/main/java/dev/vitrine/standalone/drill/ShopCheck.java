package dev.vitrine.standalone.drill;

import dev.vitrine.standalone.client.ApiException;
import dev.vitrine.standalone.client.CatalogStatus;
import dev.vitrine.standalone.client.CatalogWait;
import dev.vitrine.standalone.client.VitrineClient;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks for every product in every place: PostgreSQL against what was acknowledged, and columns,
 * text and vectors against PostgreSQL. Nothing may be written meanwhile.
 */
final class ShopCheck {
    private static final Duration STALLED = Duration.ofMinutes(2);
    private static final Duration VECTORS_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final int PAGE = 250;
    private static final int NEAREST = 10;

    /**
     * A title as a query is nearer than this to its own vector. The title of another revision is
     * about another product.
     */
    private static final double OWN_TEXT = 0.9;

    private static final int BANDS = 4;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final VitrineClient client;
    private final Truth truth;
    private final int vectorSample;

    /**
     * @param vectorSample how many of the products that changed are looked for by meaning
     */
    ShopCheck(VitrineClient client, Truth truth, int vectorSample) {
        this.client = client;
        this.truth = truth;
        this.vectorSample = vectorSample;
    }

    /** Waits until all is searchable, compares, and lets the ledger take over what was found. */
    Findings run(Ledger ledger, Random random) throws ApiException, SQLException {
        CatalogStatus status =
                CatalogWait.until(
                        client, Drill.CATALOG, CatalogStatus::allWithVector, STALLED, seen -> {});
        Findings findings = new Findings();
        Map<String, Content> products = truth.products();
        acknowledged(ledger.expectations(), products, findings);
        if (status.searchable() != products.size() || status.withVector() != products.size()) {
            findings.stale("the catalogue's status", status.toString());
        }
        columns(products, findings);
        text(products, findings);
        vectors(products, ledger.touched(), random, findings);
        vectorsInDatabase(findings);
        ledger.settle(products);
        return findings;
    }

    private static void acknowledged(
            Map<String, Ledger.Expectation> expectations,
            Map<String, Content> products,
            Findings findings) {
        expectations.forEach((id, expected) -> {
            Content found = products.getOrDefault(id, Content.ABSENT);
            if (!expected.allows(found)) {
                findings.compare("postgresql", id, expected.acknowledged(), found);
            }
        });
        products.keySet().stream()
                .filter(id -> !expectations.containsKey(id))
                .forEach(id -> findings.resurrected("postgresql", id));
    }

    /** Filter, sort order, returned fields and facet counts. */
    private void columns(Map<String, Content> products, Findings findings) throws ApiException {
        Map<String, Content> found = new HashMap<>();
        for (int band = 0; band < BANDS; band++) {
            long from = (long) Drill.HIGHEST_PRICE * band / BANDS;
            long to = (long) Drill.HIGHEST_PRICE * (band + 1) / BANDS;
            ObjectNode request = request("", "lexical");
            request.put("filter", "price >= %d AND price < %d".formatted(from, to));
            request.putArray("sort").add("write");
            long last = 0;
            for (JsonNode hit : all(request)) {
                String id = hit.path("id").asString("");
                Content content = Content.of(hit.path("fields"));
                if (found.put(id, content) != null) {
                    findings.duplicated("columns", id);
                }
                if (content.price() < from || content.price() >= to || content.write() < last) {
                    findings.stale("filter or sort key", id);
                }
                last = content.write();
            }
        }
        Set<String> ids = new HashSet<>(products.keySet());
        ids.addAll(found.keySet());
        for (String id : ids) {
            findings.compare(
                    "columns",
                    id,
                    products.getOrDefault(id, Content.ABSENT),
                    found.getOrDefault(id, Content.ABSENT));
        }
        facets(products, findings);
    }

    private void facets(Map<String, Content> products, Findings findings) throws ApiException {
        Map<String, Integer> expected = new HashMap<>();
        products.values()
                .forEach(content ->
                        expected.merge(Integer.toString(content.revision()), 1, Integer::sum));
        ObjectNode request = request("", "lexical");
        request.putArray("facets").add("revision");
        Map<String, Integer> counted = new HashMap<>();
        for (JsonNode value : search(request).path("facets").path("revision").path("values")) {
            counted.put(value.path("value").asString(""), value.path("count").asInt(0));
        }
        if (!counted.equals(expected)) {
            findings.stale("facet counts", counted + " for " + expected);
        }
    }

    /** Every revision has a word of its own, so a few searches give the text of every product. */
    private void text(Map<String, Content> products, Findings findings) throws ApiException {
        Map<Integer, Set<String>> expected = new TreeMap<>();
        products.forEach((id, content) ->
                expected.computeIfAbsent(content.revision(), key -> new HashSet<>()).add(id));
        // A word that no product should hold is not asked for: similar words would answer for it.
        for (Map.Entry<Integer, Set<String>> revision : expected.entrySet()) {
            Set<String> found = new HashSet<>();
            String word = Content.revisionWord(revision.getKey());
            for (JsonNode hit : all(request(word, "lexical"))) {
                String id = hit.path("id").asString("");
                if (!found.add(id)) {
                    findings.duplicated("text", id);
                }
                Content now = products.get(id);
                if (now == null) {
                    findings.resurrected("text", id);
                } else if (now.revision() != revision.getKey()) {
                    findings.stale("text", id);
                }
            }
            for (String id : revision.getValue()) {
                if (!found.contains(id)) {
                    findings.lost("text", id);
                }
            }
        }
    }

    /** The text of a product, as the query, is near the product's own vector. */
    private void vectors(
            Map<String, Content> products, List<String> touched, Random random, Findings findings)
            throws ApiException {
        List<String> sample = new ArrayList<>(touched);
        Collections.sort(sample);
        Collections.shuffle(sample, random);
        for (String id : sample.subList(0, Math.min(vectorSample, sample.size()))) {
            Content content = products.get(id);
            if (content == null) {
                // That a deleted product has no vector is seen in the status: counts are equal.
                continue;
            }
            JsonNode found =
                    search(
                            request(content.title(), "semantic")
                                    .put("limit", NEAREST)
                                    .put("explain", true));
            double cosine = -1;
            for (JsonNode hit : found.path("hits")) {
                if (hit.path("id").asString("").equals(id)) {
                    cosine = hit.path("explanation").path("cosine").asDouble(-1);
                }
            }
            if (cosine < 0) {
                findings.lost("vectors", id);
            } else if (cosine < OWN_TEXT) {
                findings.stale("vectors", id);
            }
        }
    }

    /** Vectors reach the database by a way of their own, so they may come a little later. */
    private void vectorsInDatabase(Findings findings) throws SQLException {
        long until = System.nanoTime() + VECTORS_WITHIN.toNanos();
        int wrong = truth.wrongVectors();
        while (wrong > 0 && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            wrong = truth.wrongVectors();
        }
        if (wrong > 0) {
            findings.stale("vectors in postgresql", wrong + " products");
        }
    }

    private ObjectNode request(String q, String mode) {
        ObjectNode request = client.json().createObjectNode();
        request.put("q", q).put("mode", mode).put("limit", PAGE).put("timeoutMs", TIMEOUT_MILLIS);
        request.putArray("fields").add("title").add("price").add("write").add("revision");
        return request;
    }

    private List<JsonNode> all(ObjectNode request) throws ApiException {
        List<JsonNode> hits = new ArrayList<>();
        JsonNode page;
        do {
            page = search(request.put("offset", hits.size()));
            page.path("hits").forEach(hits::add);
        } while (!page.path("hits").isEmpty() && hits.size() < page.path("total").asInt(0));
        return hits;
    }

    private JsonNode search(ObjectNode request) throws ApiException {
        return client.search(Drill.CATALOG, request);
    }
}
