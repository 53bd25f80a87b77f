package dev.vitrine.servicekit;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.wire.InternalHeaders;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Makes a {@link RequestContext} from the headers that services send each other. */
final class RequestContextResolver implements HandlerMethodArgumentResolver {

    private final Duration timeout;
    private final Clock clock;

    RequestContextResolver(Duration timeout, Clock clock) {
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == RequestContext.class;
    }

    @Override
    public RequestContext resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        String tenant = request.getHeader(InternalHeaders.TENANT);
        if (tenant == null) {
            tenant = InternalHeaders.DEFAULT_TENANT;
        } else if (!CatalogRef.isName(tenant)) {
            throw new ProblemException(CommonErrors.INVALID_PARAMETER, "not a tenant name");
        }
        return new RequestContext(
                tenant,
                Deadline.in(time(request.getHeader(InternalHeaders.DEADLINE_MILLIS)), clock));
    }

    private Duration time(@Nullable String millis) {
        if (millis == null) {
            return timeout;
        }
        try {
            return Duration.ofMillis(Math.clamp(Long.parseLong(millis), 0, timeout.toMillis()));
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    CommonErrors.INVALID_PARAMETER,
                    InternalHeaders.DEADLINE_MILLIS + " is not a number",
                    e);
        }
    }
}
