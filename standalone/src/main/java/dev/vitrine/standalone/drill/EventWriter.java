package dev.vitrine.standalone.drill;

/** The way by which the shop's events come in. */
interface EventWriter extends AutoCloseable {

    /**
     * Sends one event and waits for its outcome.
     *
     * @return {@link Answers#GOOD} when it was acknowledged, else what was said
     */
    String send(String eventId, String visitor, String productId);

    @Override
    void close();
}
