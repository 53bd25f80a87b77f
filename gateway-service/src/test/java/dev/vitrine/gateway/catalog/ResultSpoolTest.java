package dev.vitrine.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResultSpoolTest {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void spool_everythingIn_comesOutInOrder() throws Exception {
        byte[] bytes = new byte[5_000_000];
        new Random(42).nextBytes(bytes);
        ByteArrayOutputStream client = new ByteArrayOutputStream();
        try (ResultSpool spool = new ResultSpool(Long.MAX_VALUE)) {
            threads.execute(() -> spool.fill(new ByteArrayInputStream(bytes)));
            spool.drainTo(client);
        }
        assertThat(client.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void spool_nobodyReads_takesAllUpToItsLimit() throws Exception {
        try (ResultSpool spool = new ResultSpool(1_000_000)) {
            Future<?> small =
                    threads.submit(() -> spool.fill(new ByteArrayInputStream(new byte[900_000])));
            small.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void spool_overItsLimit_waitsForTheReader() throws Exception {
        ByteArrayOutputStream client = new ByteArrayOutputStream();
        try (ResultSpool spool = new ResultSpool(100_000)) {
            Future<?> filling =
                    threads.submit(() -> spool.fill(new ByteArrayInputStream(new byte[900_000])));
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> filling.get(200, TimeUnit.MILLISECONDS));
            spool.drainTo(client);
            filling.get(10, TimeUnit.SECONDS);
        }
        assertThat(client.size()).isEqualTo(900_000);
    }

    @Test
    void spool_slowWriter_isReadAsItComes() throws Exception {
        PipedOutputStream index = new PipedOutputStream();
        InputStream results = new PipedInputStream(index);
        PipedOutputStream client = new PipedOutputStream();
        InputStream seen = new PipedInputStream(client);
        try (ResultSpool spool = new ResultSpool(1_000)) {
            threads.execute(() -> spool.fill(results));
            Future<?> draining =
                    threads.submit(() -> {
                        spool.drainTo(client);
                        return true;
                    });
            for (int i = 1; i < 5; i++) {
                index.write(i);
                index.flush();
                assertThat(seen.read()).isEqualTo(i);
            }
            index.close();
            draining.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void spool_brokenWriter_isToldAfterWhatCame() throws Exception {
        InputStream broken =
                new InputStream() {
                    private int left = 3;

                    @Override
                    public int read() throws IOException {
                        if (left-- == 0) {
                            throw new IOException("gone");
                        }
                        return 'x';
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        bytes[offset] = (byte) read();
                        return 1;
                    }
                };
        ByteArrayOutputStream client = new ByteArrayOutputStream();
        try (ResultSpool spool = new ResultSpool(1_000)) {
            spool.fill(broken);
            assertThatExceptionOfType(ResultSpool.BrokenOffException.class)
                    .isThrownBy(() -> spool.drainTo(client));
        }
        assertThat(client.toString(StandardCharsets.UTF_8)).isEqualTo("xxx");
    }

    @Test
    void spool_clientGone_freesTheWriter() throws Exception {
        OutputStream gone =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("gone");
                    }
                };
        Future<?> filling;
        try (ResultSpool spool = new ResultSpool(1_000)) {
            filling = threads.submit(() -> spool.fill(new ByteArrayInputStream(new byte[900_000])));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> spool.drainTo(gone));
        }
        filling.get(10, TimeUnit.SECONDS);
    }
}
