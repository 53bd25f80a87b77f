package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.vector.ByteRows;

/** The int8 codes of 64 rows. */
final class BytePage {

    final ByteRows codes;

    /** Of each row: see {@link ByteCode}. */
    final float[] steps;

    final float[] errors;
    final float[] lengths;

    private BytePage(ByteRows codes, float[] steps, float[] errors, float[] lengths) {
        this.codes = codes;
        this.steps = steps;
        this.errors = errors;
        this.lengths = lengths;
    }

    static BytePage allocate(int dimensions) {
        return new BytePage(
                ByteRows.allocate(dimensions, PagedRows.PAGE_ROWS),
                new float[PagedRows.PAGE_ROWS],
                new float[PagedRows.PAGE_ROWS],
                new float[PagedRows.PAGE_ROWS]);
    }

    BytePage copy() {
        return new BytePage(codes.copy(), steps.clone(), errors.clone(), lengths.clone());
    }

    void set(int slot, byte[] code, ByteCode of) {
        codes.set(slot, code);
        steps[slot] = of.step();
        errors[slot] = of.error();
        lengths[slot] = of.length();
    }
}
