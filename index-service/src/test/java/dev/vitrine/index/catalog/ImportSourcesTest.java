package dev.vitrine.index.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ImportSourcesTest {

    private final ImportSources sources =
            new ImportSources(
                    new ImportProperties(
                            500,
                            DataSize.ofMegabytes(4),
                            DataSize.ofKilobytes(4),
                            DataSize.ofMegabytes(1),
                            1_000,
                            4,
                            DataSize.ofMegabytes(1),
                            2,
                            16,
                            Duration.ofSeconds(1),
                            0.1,
                            100));

    @Test
    void gzip_severalMembers_areReadToTheLast() throws IOException {
        ImportSource source =
                open(
                        new SequenceInputStream(
                                new ByteArrayInputStream(gzip("{\"id\":\"a\"}\n")),
                                new ByteArrayInputStream(gzip("{\"id\":\"b\"}\n"))));
        assertThat(source.next()).isInstanceOf(ImportLine.Json.class);
        assertThat(source.next()).isInstanceOf(ImportLine.Json.class);
        assertThat(source.next()).isNull();
    }

    /** As a connection that is reset: what was sent after the first member never comes. */
    @Test
    void gzip_tornBetweenTwoMembers_doesNotEndAsIfItWereComplete() throws IOException {
        byte[] first = gzip("{\"id\":\"a\"}\n");
        for (int ofTheNext = 0; ofTheNext < 10; ofTheNext++) {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            sent.write(first);
            sent.write(gzip("{\"id\":\"b\"}\n"), 0, ofTheNext);
            assertThatThrownBy(
                            () -> {
                                ImportSource source =
                                        open(
                                                new SequenceInputStream(
                                                        new ByteArrayInputStream(
                                                                sent.toByteArray()),
                                                        new Torn()));
                                while (source.next() != null) {
                                    // until it breaks off
                                }
                            })
                    .as("%d bytes of the next member", ofTheNext)
                    .isInstanceOf(IOException.class)
                    .hasMessage("reset");
        }
    }

    private ImportSource open(InputStream body) throws IOException {
        return sources.open(body, new ImportSpec(ImportMode.REPLACE, "application/x-ndjson", ','));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static final class Torn extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("reset");
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            throw new IOException("reset");
        }
    }
}
