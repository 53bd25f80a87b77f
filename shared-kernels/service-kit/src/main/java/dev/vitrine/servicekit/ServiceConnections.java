package dev.vitrine.servicekit;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.config.Http1Config;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpComponentsHttpClientBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;

/**
 * Connections from one service to others: kept open, as many as the bulkheads allow calls, without
 * what an HTTP client does for the web at large (proxies, cookies, redirects, compression,
 * authentication).
 */
public final class ServiceConnections {

    /** Most answers fit, and are read at once then. */
    static final int BUFFER_BYTES = 32 * 1024;

    private ServiceConnections() {}

    /**
     * Makes a client for {@link ServiceHttp}. It waits for an answer until it is interrupted, as
     * {@link Dependency} does when a call's time is over.
     *
     * @param settings time to wait for a connection, and the like
     * @param perService most connections to one service; the library's default is 5
     * @param services number of services
     */
    public static CloseableHttpClient client(
            HttpClientSettings settings, int perService, int services) {
        return new HttpComponentsHttpClientBuilder()
                .withConnectionManagerCustomizer(connections(perService, services))
                .withCustomizer(ServiceConnections::nothingOfTheWeb)
                .build(settings.withReadTimeout(Duration.ZERO));
    }

    /**
     * Sets up the client of Spring's factories in the same way.
     *
     * @param perService most connections to one service; the library's default is 5
     * @param services number of services
     */
    public static ClientHttpRequestFactoryBuilderCustomizer<
                    HttpComponentsClientHttpRequestFactoryBuilder>
            pool(int perService, int services) {
        return builder ->
                builder.withConnectionManagerCustomizer(connections(perService, services))
                        .withHttpClientCustomizer(ServiceConnections::nothingOfTheWeb);
    }

    private static Consumer<PoolingHttpClientConnectionManagerBuilder> connections(
            int perService, int services) {
        Http1Config buffers = Http1Config.custom().setBufferSize(BUFFER_BYTES).build();
        return pool ->
                pool.setMaxConnPerRoute(perService)
                        .setMaxConnTotal(services * perService)
                        .setConnectionFactory(
                                ManagedHttpClientConnectionFactory.builder()
                                        .http1Config(buffers)
                                        .build());
    }

    private static void nothingOfTheWeb(HttpClientBuilder client) {
        client.setRetryStrategy(new ConnectionOnlyRetry())
                .setRoutePlanner(new DefaultRoutePlanner(null))
                .disableAuthCaching()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling();
    }
}
