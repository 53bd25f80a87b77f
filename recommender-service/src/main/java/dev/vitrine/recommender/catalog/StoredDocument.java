package dev.vitrine.recommender.catalog;

import dev.vitrine.servicekit.WireJson;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A product's document as bytes: JSON, deflated where that is smaller. Immutable. */
final class StoredDocument {

    private static final int BUFFER = 4096;

    private final byte[] bytes;
    private final int jsonLength;

    private StoredDocument(byte[] bytes, int jsonLength) {
        this.bytes = bytes;
        this.jsonLength = jsonLength;
    }

    static StoredDocument of(Map<String, Object> document) {
        byte[] json = WireJson.write(document);
        byte[] deflated = deflate(json);
        return new StoredDocument(deflated.length < json.length ? deflated : json, json.length);
    }

    /** The document, read anew by each call. */
    Map<String, Object> read() {
        @SuppressWarnings("unchecked") // keys of JSON objects are strings
        Map<String, Object> document =
                WireJson.read(bytes.length < jsonLength ? inflate() : bytes, Map.class);
        return document;
    }

    /** Bytes kept. */
    int size() {
        return bytes.length;
    }

    private static byte[] deflate(byte[] json) {
        try (Deflater deflater = new Deflater(Deflater.BEST_SPEED, true)) {
            deflater.setInput(json);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(json.length / 2 + 16);
            byte[] buffer = new byte[BUFFER];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    private byte[] inflate() {
        try (Inflater inflater = new Inflater(true)) {
            // One byte more than the data: without a header, zlib may ask for it.
            inflater.setInput(Arrays.copyOf(bytes, bytes.length + 1));
            byte[] json = new byte[jsonLength];
            int length = 0;
            while (length < jsonLength) {
                int more = inflater.inflate(json, length, jsonLength - length);
                if (more == 0) {
                    throw new IllegalStateException("a stored document is damaged");
                }
                length += more;
            }
            return json;
        } catch (DataFormatException e) {
            throw new IllegalStateException("a stored document is damaged", e);
        }
    }
}
