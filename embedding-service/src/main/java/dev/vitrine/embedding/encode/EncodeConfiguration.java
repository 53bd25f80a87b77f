package dev.vitrine.embedding.encode;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ModelProperties.class, EncodeProperties.class})
class EncodeConfiguration {

    private static final Logger log = LoggerFactory.getLogger(EncodeConfiguration.class);

    /** Enough for the compiler to have seen pooling; takes about a quarter of a second. */
    private static final int WARM_UP_TEXTS = 100;

    @Bean
    Encoder encoder(ModelProperties properties, MeterRegistry meters) {
        long start = System.nanoTime();
        Path directory = properties.directory();
        ModelFiles files = directory == null ? ModelFiles.bundled() : ModelFiles.in(directory);
        OnnxEncoder encoder = new OnnxEncoder(files, properties);
        for (int i = 0; i < WARM_UP_TEXTS; i++) {
            encoder.encode("warm-up text number " + i, EmbeddingPurpose.QUERY);
        }
        log.info(
                "model {} with {} dimensions from {} is ready after {} ms",
                encoder.model(),
                encoder.dimensions(),
                files,
                (System.nanoTime() - start) / 1_000_000);
        return new MeteredEncoder(encoder, meters);
    }

    @Bean
    EncodeLanes encodeLanes(Encoder encoder, EncodeProperties properties, MeterRegistry meters) {
        EncodeLanes lanes = new EncodeLanes(encoder, properties);
        for (EmbeddingPurpose purpose : EmbeddingPurpose.values()) {
            Gauge.builder("embedding.encode.waiting", lanes, from -> from.waiting(purpose))
                    .description("Texts that wait or run")
                    .tag("purpose", tag(purpose))
                    .register(meters);
        }
        return lanes;
    }

    @Bean
    EncoderHealth encoderHealthIndicator(Encoder encoder) {
        return new EncoderHealth(encoder);
    }

    static String tag(EmbeddingPurpose purpose) {
        return purpose.name().toLowerCase(Locale.ROOT);
    }
}
