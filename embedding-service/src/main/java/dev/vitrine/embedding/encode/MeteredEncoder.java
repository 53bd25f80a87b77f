package dev.vitrine.embedding.encode;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Times every text of another encoder as {@code embedding.encode}. */
final class MeteredEncoder implements Encoder {

    private final Encoder encoder;
    private final Map<EmbeddingPurpose, Timer> timers = new EnumMap<>(EmbeddingPurpose.class);

    MeteredEncoder(Encoder encoder, MeterRegistry meters) {
        this.encoder = encoder;
        for (EmbeddingPurpose purpose : EmbeddingPurpose.values()) {
            timers.put(
                    purpose,
                    Timer.builder("embedding.encode")
                            .description("Time of one text in tokenizer and model")
                            .tag("purpose", EncodeConfiguration.tag(purpose))
                            .register(meters));
        }
    }

    @Override
    public String model() {
        return encoder.model();
    }

    @Override
    public int dimensions() {
        return encoder.dimensions();
    }

    @Override
    public float[] encode(String text, EmbeddingPurpose purpose) {
        long start = System.nanoTime();
        float[] vector = encoder.encode(text, purpose);
        Timer timer = timers.get(purpose);
        if (timer != null) {
            timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
        return vector;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
