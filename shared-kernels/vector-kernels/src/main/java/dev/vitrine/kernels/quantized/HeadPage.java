package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.ByteBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The heads of 64 rows. */
final class HeadPage {

    final ByteBlock codes;

    /** Of each row: see {@link HeadCode}. */
    final float[] steps;

    final float[] rests;

    /** Of all rows that have been in this page: small beside the rests, so one number does. */
    private float errorMax;

    private float lengthMax;

    private HeadPage(ByteBlock codes, float[] steps, float[] rests) {
        this.codes = codes;
        this.steps = steps;
        this.rests = rests;
    }

    static HeadPage allocate(int dimensions) {
        return new HeadPage(
                ByteBlock.allocate(dimensions),
                new float[ByteBlock.ROWS],
                new float[ByteBlock.ROWS]);
    }

    /** Bytes of a page in a file. */
    static int blockBytes(int codeLength) {
        return ByteBlock.byteSize(codeLength) + (2 * ByteBlock.ROWS + 2) * Float.BYTES;
    }

    /** Codes first, then steps, rests and the two maxima. */
    void write(ByteBuffer block) {
        block.put(codes.bytes().asByteBuffer());
        FloatArrays.put(block, steps);
        FloatArrays.put(block, rests);
        block.putFloat(errorMax).putFloat(lengthMax);
    }

    /** A page whose codes stay where they are. */
    static HeadPage over(int codeLength, MemorySegment block) {
        int codeBytes = ByteBlock.byteSize(codeLength);
        float[] numbers = block.asSlice(codeBytes).toArray(ValueLayout.JAVA_FLOAT);
        HeadPage page =
                new HeadPage(
                        ByteBlock.over(codeLength, block.asSlice(0, codeBytes)),
                        Arrays.copyOfRange(numbers, 0, ByteBlock.ROWS),
                        Arrays.copyOfRange(numbers, ByteBlock.ROWS, 2 * ByteBlock.ROWS));
        page.errorMax = numbers[2 * ByteBlock.ROWS];
        page.lengthMax = numbers[2 * ByteBlock.ROWS + 1];
        return page;
    }

    HeadPage copy() {
        HeadPage copy = new HeadPage(codes.copy(), steps.clone(), rests.clone());
        copy.errorMax = errorMax;
        copy.lengthMax = lengthMax;
        return copy;
    }

    void set(int slot, byte[] code, HeadCode of) {
        codes.set(slot, code);
        steps[slot] = (float) of.step();
        rests[slot] = (float) (of.rest() * Rounding.UP);
        errorMax = Math.max(errorMax, (float) (of.error() * Rounding.UP));
        lengthMax = Math.max(lengthMax, (float) (of.length() * Rounding.UP));
    }

    float errorMax() {
        return errorMax;
    }

    float lengthMax() {
        return lengthMax;
    }
}
