package dev.vitrine.servicekit;

import java.io.IOException;
import org.apache.hc.core5.http.HttpHost;

/** Chooses where a request to a service goes. Implementations are thread-safe. */
@FunctionalInterface
public interface HostChoice {

    /**
     * The host for the next attempt; another one each time where there are several replicas.
     *
     * @throws IOException when no host is known
     */
    HttpHost next() throws IOException;
}
