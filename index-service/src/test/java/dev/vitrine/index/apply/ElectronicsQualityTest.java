package dev.vitrine.index.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.index.FacetRequest;
import dev.vitrine.contracts.index.MinimumMatch;
import dev.vitrine.contracts.index.PlanHit;
import dev.vitrine.contracts.index.PlanLimits;
import dev.vitrine.contracts.index.PlanResult;
import dev.vitrine.contracts.index.ScoringHead;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.contracts.index.TextQuery;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.evaluation.Gain;
import dev.vitrine.evaluation.Judgments;
import dev.vitrine.evaluation.RankingMeasures;
import dev.vitrine.index.execute.PlanExecutor;
import dev.vitrine.index.quality.ServedSearches;
import dev.vitrine.index.snapshot.SnapshotStore;
import dev.vitrine.index.text.Electronics;
import dev.vitrine.index.text.Highlighter;
import dev.vitrine.index.vector.Embedding;
import dev.vitrine.servicekit.Deadline;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ranking quality of whole plans on the demo catalogue and its judgements; prints quality and
 * times.
 *
 * <p>The hybrid part needs vectors, which take a model to make: {@code
 * -Dvitrine.quality.vectors=FILE}, a file of {@link DataInputStream} texts {@code P:<id>} and
 * {@code Q:<query>}, each followed by 384 floats of unit length.
 */
class ElectronicsQualityTest {

    /** A plain BM25 of another engine on the same judgements. */
    private static final double LEXICAL_FLOOR = 0.780;

    private static final double HYBRID_FLOOR = 0.815;

    private static final MinimumMatch MINIMUM = new MinimumMatch(2, 0.75);

    /** Weights and ratio chosen by cross-validation over queries; see RATIONALE.md. */
    private static final ScoringHead HEAD =
            new ScoringHead("fixed-logistic-1", 1, -3, 4, 5, 0.5, 0);

    private static final Map<String, Double> WEIGHTS =
            Map.of(
                    "title", 2.0,
                    "short_description", 1.0,
                    "supplier", 1.0,
                    "name", 0.5,
                    "ean", 0.5,
                    "attr_t_*", 1.0);

    @TempDir Path folder;

    private final PlanExecutor executor =
            new PlanExecutor(System::nanoTime, new Highlighter(), new ServedSearches());

    @Test
    void rankings_ofTheDemoCatalogue_holdTheirQuality() throws Exception {
        List<Map<String, Object>> products = Electronics.products();
        Judgments judgments = Electronics.judgments();
        Map<String, float[]> vectors = vectors();

        Shard shard = shard(withWeights(Electronics.schema()), products, vectors);
        double lexical = ndcg(shard, judgments, Map.of());
        say("weights " + WEIGHTS + ": lexical nDCG@10 " + lexical);
        assertThat(lexical).isGreaterThanOrEqualTo(LEXICAL_FLOOR);
        if (vectors.isEmpty()) {
            say("hybrid NOT measured: -Dvitrine.quality.vectors names no file");
        } else {
            double hybrid = ndcg(shard, judgments, vectors);
            say("the same weights: hybrid nDCG@10 " + hybrid + " with " + HEAD);
            assertThat(hybrid).isGreaterThanOrEqualTo(HYBRID_FLOOR);
        }
        times(shard, judgments, vectors);
        shard.close();
    }

    private static void say(String line) {
        System.out.println("QUALITY " + line);
    }

    private static CatalogSchema withWeights(CatalogSchema schema) {
        List<FieldDefinition> fields = new ArrayList<>();
        for (FieldDefinition field : schema.fields()) {
            fields.add(
                    new FieldDefinition(
                            field.name(),
                            field.type(),
                            WEIGHTS.getOrDefault(field.name(), 0.0),
                            field.filterable(),
                            field.facet(),
                            field.sortable(),
                            field.role()));
        }
        return new CatalogSchema(fields, schema.semanticText());
    }

    private static Map<String, float[]> vectors() throws IOException {
        String file = System.getProperty("vitrine.quality.vectors", "");
        Map<String, float[]> vectors = new HashMap<>();
        if (file.isEmpty() || !Files.isReadable(Path.of(file))) {
            return vectors;
        }
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(Path.of(file))))) {
            while (true) {
                String key = in.readUTF();
                float[] vector = new float[384];
                for (int i = 0; i < vector.length; i++) {
                    vector[i] = in.readFloat();
                }
                vectors.put(key, vector);
            }
        } catch (EOFException e) {
            return vectors;
        }
    }

    private Shard shard(
            CatalogSchema schema, List<Map<String, Object>> products, Map<String, float[]> vectors)
            throws InterruptedException {
        ShardProperties properties = ShardWorld.properties(folder, 100);
        Shard shard =
                new Shard(properties, new SnapshotStore(properties.directory()), System::nanoTime);
        shard.put(new CatalogChanged("default", "shop", 1, false, schema));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < products.size(); i++) {
            Map<String, Object> document = new LinkedHashMap<>(products.get(i));
            String id = String.valueOf(document.remove("id"));
            shard.put(new ProductChanged("default", "shop", id, 1, 1, document, "t", "h", "h"));
            float[] vector = vectors.get("P:" + id);
            if (vector != null) {
                shard.put(ShardWorld.key(id), new Embedding("m", "h", 1, vector), () -> false);
            }
            if (i % 2_000 == 0) {
                shard.publish();
            }
        }
        shard.publish();
        long millis = Duration.ofNanos(threads.getCurrentThreadCpuTime() - start).toMillis();
        say(products.size() + " products applied in " + millis + " ms of one core");
        return shard;
    }

    private double ndcg(Shard shard, Judgments judgments, Map<String, float[]> vectors) {
        double sum = 0;
        int count = 0;
        for (String query : judgments.queries()) {
            List<String> ranking =
                    execute(shard, plan(query, vectors.get("Q:" + query), 10, List.of()))
                            .hits()
                            .stream()
                            .map(PlanHit::id)
                            .toList();
            OptionalDouble ndcg =
                    RankingMeasures.ndcg(ranking, judgments.grades(query), 10, Gain.EXPONENTIAL);
            if (ndcg.isPresent()) {
                sum += ndcg.getAsDouble();
                count++;
            }
        }
        return sum / count;
    }

    private PlanResult execute(Shard shard, SearchPlan plan) {
        return shard.read(
                ShardWorld.REF,
                generation ->
                        executor.execute(
                                plan,
                                generation,
                                Deadline.in(Duration.ofSeconds(10), Clock.systemUTC())));
    }

    // NullAway does not see the nullness of array components of records from other modules.
    @SuppressWarnings("NullAway")
    private static SearchPlan plan(
            String query, float @Nullable [] vector, int limit, List<FacetRequest> facets) {
        return new SearchPlan(
                new TextQuery(query, MINIMUM),
                vector == null ? null : VectorBytes.encode(vector),
                vector == null ? null : "m",
                null,
                null,
                null,
                facets,
                List.of(),
                0,
                limit,
                null,
                false,
                false,
                HEAD,
                new PlanLimits(100_000, 10_000));
    }

    private void times(Shard shard, Judgments judgments, Map<String, float[]> vectors) {
        List<FacetRequest> facets =
                List.of(
                        FacetRequest.of("*"),
                        FacetRequest.of("attr_t_*", 10, null, null),
                        FacetRequest.of("attr_n_*", 5, null, null));
        List<Long> micros = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            for (String query : judgments.queries()) {
                PlanResult result =
                        execute(shard, plan(query, vectors.get("Q:" + query), 24, facets));
                if (round >= 3) {
                    micros.add(result.tookMicros());
                }
            }
        }
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        say(
                "24 hits, all facets, 15 attribute facets, microseconds: median "
                        + sorted[sorted.length / 2]
                        + ", p99 "
                        + sorted[sorted.length * 99 / 100]
                        + ", mean "
                        + Arrays.stream(sorted).average().orElse(0));
    }
}
