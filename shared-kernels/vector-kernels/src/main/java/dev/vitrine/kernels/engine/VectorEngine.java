package dev.vitrine.kernels.engine;

/**
 * Keeps one vector an ordinal and publishes views of them to search.
 *
 * <p>Changes may come from any thread, one at a time is applied. They become visible together with
 * the next {@link #publish()}; views published before never change and stay valid as long as
 * somebody holds them.
 */
public interface VectorEngine {

    /** Number of components of every row. */
    int dimensions();

    /**
     * Stores a copy of a vector under an ordinal, in place of the one that may be there.
     *
     * @throws IllegalArgumentException if the length is wrong, a component is NaN or infinite, or
     *     the ordinal is negative or over the engine's limit; nothing is changed then
     * @throws OutOfMemoryError if memory outside the heap runs out; nothing is changed then
     */
    void put(int ordinal, float[] vector);

    /**
     * Takes the row under an ordinal away.
     *
     * @return whether there was one
     */
    boolean remove(int ordinal);

    /** Makes all changes so far visible as one new view. */
    VectorSearch publish();

    /** The view that was published last; empty at first. */
    VectorSearch current();

    /**
     * Does the background work that is due, if the engine has any: learning codes, finding plans.
     * It may take seconds and goes on beside changes and searches.
     *
     * @return whether the next {@link #publish()} searches otherwise, though no row has changed
     * @throws OutOfMemoryError if memory outside the heap runs out; nothing is changed then, and
     *     the work stays due
     */
    default boolean tend() {
        return false;
    }

    /** How it searches now, in a line of English. */
    String describe();
}
