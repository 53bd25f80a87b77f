package dev.vitrine.servicekit;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.util.TimeValue;

/**
 * Repeats a GET or HEAD once when a connection breaks, and nothing else. The library's default also
 * repeats PUT and DELETE, which may be committed when their answer is lost: one with {@code
 * If-Match} would then be told that its version is gone. And it sleeps a second on every 429 and
 * 503 and tries again, which uses up the caller's deadline and doubles the load on a service that
 * has just said that it is overloaded. Thread-safe.
 */
final class ConnectionOnlyRetry extends DefaultHttpRequestRetryStrategy {

    ConnectionOnlyRetry() {
        super(
                1,
                TimeValue.ZERO_MILLISECONDS,
                List.of(
                        InterruptedIOException.class,
                        UnknownHostException.class,
                        ConnectException.class,
                        NoRouteToHostException.class),
                List.of());
    }

    @Override
    protected boolean handleAsIdempotent(HttpRequest request) {
        return Method.GET.isSame(request.getMethod()) || Method.HEAD.isSame(request.getMethod());
    }
}
