package dev.vitrine.contracts.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Vectors as little-endian float32 bytes, the form in which they cross every wire. */
public final class VectorBytes {

    private VectorBytes() {}

    /** {@code 4 * vector.length} bytes. */
    public static byte[] encode(float[] vector) {
        ByteBuffer buffer =
                ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(vector);
        return buffer.array();
    }

    /**
     * The floats of what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException when the length is not a multiple of four or a value is not
     *     finite
     */
    public static float[] decode(byte[] bytes) {
        if (bytes.length % Float.BYTES != 0) {
            throw new IllegalArgumentException(
                    "a float32 vector cannot have " + bytes.length + " bytes");
        }
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        for (float value : vector) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("a vector holds a value that is not finite");
            }
        }
        return vector;
    }
}
