package dev.vitrine.gateway.edge;

import dev.vitrine.contracts.wire.InternalHeaders;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The first thing that a request meets: refuses a bare semicolon in the path, takes internal
 * headers away and sets the tenant, bounds the body, and adds the security headers to every answer.
 */
final class EdgeFilter extends OncePerRequestFilter {

    /** All headers between services begin so. */
    private static final String INTERNAL_PREFIX = "vitrine-";

    private static final PathPattern IMPORT =
            PathPatternParser.defaultInstance.parse("/v1/catalogs/{catalog}/products:import");

    private final String tenant;
    private final DataSize bodyLimit;
    private final String contentSecurityPolicy;

    EdgeFilter(String tenant, DataSize bodyLimit, String contentSecurityPolicy) {
        this.tenant = tenant;
        this.bodyLimit = bodyLimit;
        this.contentSecurityPolicy = contentSecurityPolicy;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("Content-Security-Policy", contentSecurityPolicy);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        if (request.getRequestURI().indexOf(';') >= 0) {
            // Spring takes the rest for a parameter: DELETE of products/A;B would delete A.
            Problems.write(response, Problems.ofStatus(400), "write ';' in a path as %3B", request);
            return;
        }
        boolean unbounded = isImport(request);
        if (!unbounded && request.getContentLengthLong() > bodyLimit.toBytes()) {
            Problems.write(response, CommonErrors.PAYLOAD_TOO_LARGE, tooLarge(), request);
            return;
        }
        chain.doFilter(new OutsideRequest(request, unbounded), response);
    }

    /** By the rules by which Spring finds the controller, which knows %3A too. */
    private static boolean isImport(HttpServletRequest request) {
        return request.getMethod().equals("POST")
                && IMPORT.matches(PathContainer.parsePath(request.getRequestURI()));
    }

    private String tooLarge() {
        return "a body has at most " + bodyLimit.toBytes() + " bytes";
    }

    /** The request as the rest of the gateway may see it. */
    private final class OutsideRequest extends HttpServletRequestWrapper {

        private final boolean unbounded;
        private @Nullable ServletInputStream stream;

        OutsideRequest(HttpServletRequest request, boolean unbounded) {
            super(request);
            this.unbounded = unbounded;
        }

        @Override
        public @Nullable String getHeader(String name) {
            if (name.equalsIgnoreCase(InternalHeaders.TENANT)) {
                return tenant;
            }
            return internal(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            if (name.equalsIgnoreCase(InternalHeaders.TENANT)) {
                return Collections.enumeration(Set.of(tenant));
            }
            return internal(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            Set<String> names = new LinkedHashSet<>(Collections.list(super.getHeaderNames()));
            names.removeIf(OutsideRequest::internal);
            names.add(InternalHeaders.TENANT);
            return Collections.enumeration(names);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (unbounded) {
                return super.getInputStream();
            }
            if (stream == null) {
                stream =
                        new BoundedInputStream(
                                super.getInputStream(),
                                bodyLimit.toBytes(),
                                () ->
                                        new ProblemException(
                                                CommonErrors.PAYLOAD_TOO_LARGE, tooLarge()));
            }
            return stream;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(
                    new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }

        private static boolean internal(String name) {
            return name.toLowerCase(Locale.ROOT).startsWith(INTERNAL_PREFIX);
        }
    }
}
