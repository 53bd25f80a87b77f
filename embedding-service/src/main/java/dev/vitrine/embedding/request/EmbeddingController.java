package dev.vitrine.embedding.request;

import dev.vitrine.contracts.embedding.EmbeddingRequest;
import dev.vitrine.contracts.embedding.EmbeddingResponse;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.embedding.encode.Encoder;
import dev.vitrine.servicekit.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class EmbeddingController {

    private final EmbeddingRequestReader reader;
    private final TextEmbedder embedder;
    private final Encoder encoder;

    EmbeddingController(EmbeddingRequestReader reader, TextEmbedder embedder, Encoder encoder) {
        this.reader = reader;
        this.embedder = embedder;
        this.encoder = encoder;
    }

    // The body is read here and not by Spring, which would read one of any size.
    @PostMapping(
            path = "/internal/v1/embeddings",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    EmbeddingResponse embed(HttpServletRequest http, RequestContext context) throws IOException {
        EmbeddingRequest request = reader.read(http.getInputStream());
        return new EmbeddingResponse(
                encoder.model(),
                encoder.dimensions(),
                embedder.embed(request.texts(), request.purpose(), context.deadline()).stream()
                        .map(VectorBytes::encode)
                        .toList());
    }
}
