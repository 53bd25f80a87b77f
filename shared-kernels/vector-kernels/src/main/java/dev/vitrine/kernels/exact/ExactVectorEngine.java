package dev.vitrine.kernels.exact;

import dev.vitrine.kernels.engine.VectorEngine;

/** The engine that scores every row; see {@link FloatRows} for how it keeps them. */
public final class ExactVectorEngine implements VectorEngine {

    private final FloatRows rows;

    /**
     * Creates an empty engine.
     *
     * @param dimensions number of components of every row
     * @param ordinalsMax ordinals from 0 to one below it are accepted; bounds the memory
     */
    public ExactVectorEngine(int dimensions, int ordinalsMax) {
        this.rows = new FloatRows(dimensions, ordinalsMax);
    }

    @Override
    public int dimensions() {
        return rows.dimensions();
    }

    @Override
    public void put(int ordinal, float[] vector) {
        rows.put(ordinal, vector);
    }

    @Override
    public boolean remove(int ordinal) {
        return rows.remove(ordinal);
    }

    @Override
    public ExactSearch publish() {
        return new ExactSearch(rows.publish());
    }

    @Override
    public ExactSearch current() {
        return new ExactSearch(rows.current());
    }

    @Override
    public String describe() {
        return "exact, by scoring every row";
    }
}
