package dev.vitrine.embedding.request;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import dev.vitrine.contracts.problem.ErrorCode;
import dev.vitrine.embedding.cache.VectorCache;
import dev.vitrine.embedding.encode.EncodeLanes;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Embeds the texts of one call: from the cache, else through the lanes, until the deadline. */
final class TextEmbedder {

    private static final ErrorCode FAILED =
            new ErrorCode("EMBEDDING_FAILED", 500, "The model gave no vector for a text");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final EncodeLanes lanes;
    private final VectorCache cache;
    private final Counter refused;
    private final Counter late;

    TextEmbedder(EncodeLanes lanes, VectorCache cache, MeterRegistry meters) {
        this.lanes = lanes;
        this.cache = cache;
        this.refused =
                Counter.builder("embedding.request.refused")
                        .description("Calls refused because their lane was full")
                        .register(meters);
        this.late =
                Counter.builder("embedding.request.late")
                        .description("Calls whose deadline came before their vectors")
                        .register(meters);
    }

    /** The vectors in the order of the texts; shared, not to be changed. */
    List<float[]> embed(List<String> texts, EmbeddingPurpose purpose, Deadline deadline) {
        String model = lanes.encoder().model();
        List<float[]> vectors = new ArrayList<>(texts.size());
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            // Product texts do not come twice: the catalogue part knows them by their hash.
            float[] known =
                    purpose == EmbeddingPurpose.QUERY
                            ? cache.find(model, purpose, texts.get(i))
                            : null;
            vectors.add(known == null ? new float[0] : known);
            if (known == null) {
                missing.add(i);
            }
        }
        if (missing.isEmpty()) {
            return vectors;
        }
        if (deadline.expired()) {
            throw timeout();
        }
        List<CompletableFuture<float[]>> running =
                lanes.offer(missing.stream().map(texts::get).toList(), purpose)
                        .orElseThrow(this::overloaded);
        try {
            for (int n = 0; n < running.size(); n++) {
                int i = missing.get(n);
                float[] vector =
                        running.get(n).get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
                vectors.set(i, vector);
                if (purpose == EmbeddingPurpose.QUERY) {
                    cache.put(model, purpose, texts.get(i), vector);
                }
            }
            return vectors;
        } catch (TimeoutException e) {
            throw timeout();
        } catch (ExecutionException e) {
            throw new ProblemException(FAILED, "see the log", e.getCause());
        } catch (CancellationException e) {
            throw new ProblemException(CommonErrors.UNAVAILABLE, "the service stops", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(CommonErrors.UNAVAILABLE, "the service stops", e);
        } finally {
            // Texts that nobody waits for any more leave the queue without work.
            running.forEach(future -> future.cancel(false));
        }
    }

    private ProblemException overloaded() {
        refused.increment();
        return new ProblemException(
                        CommonErrors.OVERLOADED, "too many texts wait to be embedded already")
                .withRetryAfter(RETRY_AFTER);
    }

    private ProblemException timeout() {
        late.increment();
        return new ProblemException(
                CommonErrors.TIMEOUT, "the deadline came before all texts were embedded");
    }
}
