package dev.vitrine.gateway.alias;

import dev.vitrine.contracts.wire.InternalHeaders;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts the real name of a catalogue into the path, once, before anybody reads it: a request is
 * about the old catalogue or the new one, whatever is swapped meanwhile. A catalogue itself is made
 * and deleted under its real name only, so that nobody deletes what an alias stands for by mistake.
 */
final class AliasFilter extends OncePerRequestFilter {

    private static final Pattern CATALOG =
            Pattern.compile("(/v1/catalogs/)([a-z0-9][a-z0-9_-]{0,62})(/.*)?");

    private final CatalogNames names;

    AliasFilter(CatalogNames names) {
        this.names = names;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Matcher path = CATALOG.matcher(request.getRequestURI());
        String tenant = request.getHeader(InternalHeaders.TENANT);
        if (tenant == null || !path.matches() || ownsIt(request, path.group(3))) {
            chain.doFilter(request, response);
            return;
        }
        String real = names.resolve(tenant, path.group(2));
        if (real.equals(path.group(2))) {
            chain.doFilter(request, response);
            return;
        }
        String rest = path.group(3) == null ? "" : path.group(3);
        chain.doFilter(new RealName(request, path.group(1) + real + rest), response);
    }

    /** Whether the request is about a catalogue as such. */
    private static boolean ownsIt(HttpServletRequest request, @Nullable String rest) {
        return (rest == null || rest.equals("/"))
                && (request.getMethod().equals("PUT") || request.getMethod().equals("DELETE"));
    }

    /** The request as if it had come under the real name. */
    private static final class RealName extends HttpServletRequestWrapper {

        private final String path;

        RealName(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public StringBuffer getRequestURL() {
            StringBuffer url = super.getRequestURL();
            url.setLength(url.length() - super.getRequestURI().length());
            return url.append(path);
        }

        @Override
        public String getServletPath() {
            return path;
        }
    }
}
