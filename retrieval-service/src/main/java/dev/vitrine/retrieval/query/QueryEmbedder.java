package dev.vitrine.retrieval.query;

import com.github.benmanes.caffeine.cache.Cache;
import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import dev.vitrine.contracts.embedding.EmbeddingRequest;
import dev.vitrine.contracts.embedding.EmbeddingResponse;
import dev.vitrine.servicekit.DependencyException;
import dev.vitrine.servicekit.InternalClient;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets the vector of a query from the cache or from embedding-service. Thread-safe.
 *
 * <p>Never fails: a search without a vector is still a search, so no answer in time is an empty
 * result, and the pipeline says so in {@code partial}.
 */
public final class QueryEmbedder {

    private static final Logger log = LoggerFactory.getLogger(QueryEmbedder.class);

    private final InternalClient embedding;
    private final Cache<String, QueryVector> cache;
    private final double deadlineShare;

    /**
     * @param embedding client of embedding-service
     * @param cache vectors by query text, bounded
     * @param deadlineShare share of the remaining time that a call may take
     */
    public QueryEmbedder(
            InternalClient embedding, Cache<String, QueryVector> cache, double deadlineShare) {
        this.embedding = embedding;
        this.cache = cache;
        this.deadlineShare = deadlineShare;
    }

    /** Name of the part that is missing when there is no vector. */
    public String source() {
        return embedding.name();
    }

    /** The vector of a text that is not empty, or nothing when it is not to be had in time. */
    public Optional<QueryVector> embed(String text, RequestContext context) {
        QueryVector known = cache.getIfPresent(text);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<QueryVector> made = ask(text, context);
        made.ifPresent(vector -> cache.put(text, vector));
        return made;
    }

    private Optional<QueryVector> ask(String text, RequestContext context) {
        RequestContext part = context.until(context.deadline().share(deadlineShare));
        try {
            EmbeddingResponse response =
                    embedding.post(
                            part,
                            new EmbeddingRequest(List.of(text), EmbeddingPurpose.QUERY),
                            EmbeddingResponse.class,
                            "/internal/v1/embeddings");
            return vector(response);
        } catch (DependencyException missing) {
            // Counted by the dependency's own metrics; a line for each search would be a flood.
            log.debug("searching without a query vector", missing);
            return Optional.empty();
        } catch (ProblemException refused) {
            log.warn("embedding refused a query of {} characters", text.length(), refused);
            return Optional.empty();
        }
    }

    private static Optional<QueryVector> vector(EmbeddingResponse response) {
        if (response.vectors().size() != 1
                || response.vectors().getFirst().length != response.dimensions() * Float.BYTES) {
            log.warn(
                    "embedding answered {} vectors of {} dimensions to one text",
                    response.vectors().size(),
                    response.dimensions());
            return Optional.empty();
        }
        return Optional.of(new QueryVector(response.model(), response.vectors().getFirst()));
    }
}
