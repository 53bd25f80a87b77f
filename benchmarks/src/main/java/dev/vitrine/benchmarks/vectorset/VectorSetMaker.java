package dev.vitrine.benchmarks.vectorset;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import dev.vitrine.embedding.encode.Encoder;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Embeds texts into a file of float32 rows, and goes on where an earlier run ended.
 *
 * <p>Beside {@code NAME.f32} stands {@code NAME.json} with the model, the rows that are whole on
 * disk and a digest of their texts; it is renamed into place after each part. Rows beyond it are
 * written anew. A file of another model or of other texts is refused.
 */
public final class VectorSetMaker {

    private static final int PART = 2_048;

    private final Encoder encoder;
    private final ExecutorService threads;

    /** Encodes on the given threads; both arguments stay the caller's to close. */
    public VectorSetMaker(Encoder encoder, ExecutorService threads) {
        this.encoder = encoder;
        this.threads = threads;
    }

    /**
     * Makes the rows of all texts.
     *
     * @param progress told the rows on disk, also those of earlier runs
     * @throws IOException when a file cannot be written or belongs to something else
     */
    public void make(List<String> texts, EmbeddingPurpose purpose, Path rows, LongConsumer progress)
            throws IOException, InterruptedException {
        Path state = Path.of(rows.toString().replaceFirst("\\.f32$", "") + ".json");
        MessageDigest digest = sha256();
        int done = resume(texts, rows, state, digest);
        try (FileChannel file =
                FileChannel.open(rows, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long rowBytes = (long) encoder.dimensions() * Float.BYTES;
            file.truncate(done * rowBytes).position(done * rowBytes);
            progress.accept(done);
            while (done < texts.size()) {
                List<String> part = texts.subList(done, Math.min(texts.size(), done + PART));
                write(file, encode(part, purpose));
                file.force(false);
                part.forEach(text -> update(digest, text));
                done += part.size();
                save(state, done, digest);
                progress.accept(done);
            }
        }
    }

    private int resume(List<String> texts, Path rows, Path state, MessageDigest digest)
            throws IOException {
        if (!Files.exists(state) || !Files.exists(rows)) {
            return 0;
        }
        var json = WireJson.mapper().readTree(Files.readString(state));
        int done = json.path("rows").asInt();
        for (String text : texts.subList(0, Math.min(done, texts.size()))) {
            update(digest, text);
        }
        if (done > texts.size()
                || !json.path("model").asString().equals(encoder.model())
                || !json.path("textsSha256").asString().equals(hex(digest))) {
            throw new IOException(
                    rows + " was made by another model or of other texts; delete it and " + state);
        }
        return done;
    }

    private List<float[]> encode(List<String> texts, EmbeddingPurpose purpose)
            throws InterruptedException {
        List<Future<float[]>> running = new ArrayList<>(texts.size());
        for (String text : texts) {
            running.add(threads.submit(() -> encoder.encode(text, purpose)));
        }
        List<float[]> vectors = new ArrayList<>(texts.size());
        try {
            for (Future<float[]> vector : running) {
                vectors.add(vector.get());
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a text cannot be embedded", failed.getCause());
        }
        return vectors;
    }

    private static void write(FileChannel file, List<float[]> vectors) throws IOException {
        int dimensions = vectors.getFirst().length;
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(vectors.size() * dimensions * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        vectors.forEach(vector -> {
            for (float component : vector) {
                bytes.putFloat(component);
            }
        });
        bytes.flip();
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    private void save(Path state, int rows, MessageDigest digest) throws IOException {
        ObjectNode json = WireJson.mapper().createObjectNode();
        json.put("model", encoder.model());
        json.put("dims", encoder.dimensions());
        json.put("rows", rows);
        json.put("textsSha256", hex(digest));
        Path fresh = state.resolveSibling(state.getFileName() + ".part");
        Files.writeString(fresh, json.toPrettyString() + "\n");
        Files.move(fresh, state, StandardCopyOption.REPLACE_EXISTING);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    /** The digest so far; more can be added after it. */
    private static String hex(MessageDigest digest) {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException broken) {
            throw new IllegalStateException("SHA-256 of every JDK can be copied", broken);
        }
    }
}
