package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.vector.ByteRows;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The int8 codes of 64 rows. */
final class BytePage {

    final ByteRows codes;

    /** Of each row: see {@link ByteCode}. */
    final float[] steps;

    final float[] errors;
    final float[] lengths;

    /** The largest error of any row since the page was made; grows while it is read. */
    float errorMax;

    /** The largest length, as above. */
    float lengthMax;

    private BytePage(ByteRows codes, float[] steps, float[] errors, float[] lengths) {
        this.codes = codes;
        this.steps = steps;
        this.errors = errors;
        this.lengths = lengths;
        for (int slot = 0; slot < PagedRows.PAGE_ROWS; slot++) {
            errorMax = Math.max(errorMax, errors[slot]);
            lengthMax = Math.max(lengthMax, lengths[slot]);
        }
    }

    static BytePage allocate(int dimensions) {
        return new BytePage(
                ByteRows.allocate(dimensions, PagedRows.PAGE_ROWS),
                new float[PagedRows.PAGE_ROWS],
                new float[PagedRows.PAGE_ROWS],
                new float[PagedRows.PAGE_ROWS]);
    }

    /** Bytes of a page in a file. */
    static int blockBytes(int dimensions) {
        return Math.toIntExact(ByteRows.byteSize(dimensions, PagedRows.PAGE_ROWS))
                + 3 * PagedRows.PAGE_ROWS * Float.BYTES;
    }

    /** Codes first, then steps, errors and lengths. */
    void write(ByteBuffer block) {
        block.put(codes.bytes().asByteBuffer());
        FloatArrays.put(block, steps);
        FloatArrays.put(block, errors);
        FloatArrays.put(block, lengths);
    }

    /** A page whose codes stay where they are. */
    static BytePage over(int dimensions, MemorySegment block) {
        long codeBytes = ByteRows.byteSize(dimensions, PagedRows.PAGE_ROWS);
        float[] numbers = block.asSlice(codeBytes).toArray(ValueLayout.JAVA_FLOAT);
        return new BytePage(
                ByteRows.over(dimensions, PagedRows.PAGE_ROWS, block.asSlice(0, codeBytes)),
                Arrays.copyOfRange(numbers, 0, PagedRows.PAGE_ROWS),
                Arrays.copyOfRange(numbers, PagedRows.PAGE_ROWS, 2 * PagedRows.PAGE_ROWS),
                Arrays.copyOfRange(numbers, 2 * PagedRows.PAGE_ROWS, 3 * PagedRows.PAGE_ROWS));
    }

    BytePage copy() {
        return new BytePage(codes.copy(), steps.clone(), errors.clone(), lengths.clone());
    }

    void set(int slot, byte[] code, ByteCode of) {
        codes.set(slot, code);
        steps[slot] = of.step();
        errors[slot] = of.error();
        lengths[slot] = of.length();
        errorMax = Math.max(errorMax, of.error());
        lengthMax = Math.max(lengthMax, of.length());
    }
}
