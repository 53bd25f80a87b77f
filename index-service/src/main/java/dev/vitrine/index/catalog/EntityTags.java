package dev.vitrine.index.catalog;

import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Versions of products as HTTP entity tags: {@code "7"}. */
final class EntityTags {

    private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"");

    private EntityTags() {}

    static String of(long version) {
        return '"' + Long.toString(version) + '"';
    }

    /**
     * What {@code If-Match} or {@code If-None-Match: *} asks for.
     *
     * @throws ProblemException with INVALID_PARAMETER
     */
    static Precondition precondition(HttpServletRequest request) {
        String match = request.getHeader("If-Match");
        String noneMatch = request.getHeader("If-None-Match");
        if (match == null) {
            return noneMatch == null ? new Precondition.None() : absent(noneMatch);
        }
        if (match.strip().equals("*")) {
            return new Precondition.Exists();
        }
        Set<Long> versions = new HashSet<>();
        for (String tag : match.split(",", -1)) {
            var matcher = TAG.matcher(tag.strip());
            if (!matcher.matches()) {
                throw invalid("If-Match", "is * or a version in quotes, as ETag gave it");
            }
            versions.add(Long.parseLong(matcher.group(1)));
        }
        return new Precondition.VersionIn(versions);
    }

    private static Precondition absent(@Nullable String noneMatch) {
        if (noneMatch != null && noneMatch.strip().equals("*")) {
            return new Precondition.Absent();
        }
        throw invalid("If-None-Match", "of a write is *");
    }

    private static ProblemException invalid(String header, String message) {
        return new ProblemException(CommonErrors.INVALID_PARAMETER, header + " " + message)
                .withErrors(List.of(new FieldError(header, message)));
    }
}
