package dev.vitrine.index.role;

import java.util.Objects;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The condition behind {@link ConditionalOnRole}. */
final class OnRole implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Object wanted =
                Objects.requireNonNull(
                                metadata.getAnnotationAttributes(ConditionalOnRole.class.getName()))
                        .get("value");
        return wanted instanceof Role role && Role.of(context.getEnvironment()).contains(role);
    }
}
