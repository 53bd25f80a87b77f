package dev.vitrine.standalone.source;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The written forms of category paths; the interface itself knows only {@code A > B > C}. */
public final class CategoryPaths {
    private CategoryPaths() {}

    /** Rewrites a path whose levels are separated otherwise; empty levels are dropped. */
    public static String join(String path, String separator) {
        return Arrays.stream(path.split(Pattern.quote(separator)))
                .map(String::strip)
                .filter(level -> !level.isEmpty())
                .collect(Collectors.joining(" > "));
    }
}
