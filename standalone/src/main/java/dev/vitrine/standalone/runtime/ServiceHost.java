package dev.vitrine.standalone.runtime;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Where the services live. Implementations are thread-safe: two services may start at a time, and
 * {@code close} may come while one starts.
 */
interface ServiceHost extends AutoCloseable {

    /**
     * Starts a service and returns when it takes requests.
     *
     * @param launched told the process as soon as there is one, ready or not
     */
    ProcessHandle start(
            Part service, Map<String, String> variables, Consumer<ProcessHandle> launched)
            throws StartFailedException;

    /** Ends all services, the last one started first; starts after it fail. */
    @Override
    void close();
}
