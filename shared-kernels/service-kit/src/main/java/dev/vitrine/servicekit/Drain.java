package dev.vitrine.servicekit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sends callers elsewhere before the server stops listening. Thread-safe.
 *
 * <p>A service that is told to end is not ready from that moment on, but takes requests for a while
 * yet, and every answer closes its connection. Without that, callers with kept connections go on
 * using them, and Tomcat turns such requests away once it waits for those under way.
 */
final class Drain extends OncePerRequestFilter implements SmartLifecycle, Ordered {

    private final Duration time;
    private volatile boolean running;
    private volatile boolean draining;

    /**
     * @param time how long; zero for a service whose callers find another one without help
     */
    Drain(Duration time) {
        this.time = time;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (draining) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        chain.doFilter(request, response);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Returns when the time is over; the server is stopped in a later phase. */
    @Override
    public void stop() {
        draining = true;
        running = false;
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
