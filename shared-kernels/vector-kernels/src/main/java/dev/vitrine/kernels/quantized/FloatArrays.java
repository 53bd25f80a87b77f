package dev.vitrine.kernels.quantized;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Float arrays of known length in files. */
final class FloatArrays {

    private FloatArrays() {}

    static void put(ByteBuffer block, float[] array) {
        for (float component : array) {
            block.putFloat(component);
        }
    }

    static void write(DataOutput out, float[] array) throws IOException {
        for (float component : array) {
            out.writeFloat(component);
        }
    }

    static float[] read(DataInput in, int length) throws IOException {
        float[] array = new float[length];
        for (int i = 0; i < length; i++) {
            array[i] = in.readFloat();
        }
        return array;
    }
}
