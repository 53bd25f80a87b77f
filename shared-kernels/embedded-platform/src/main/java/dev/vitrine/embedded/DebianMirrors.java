package dev.vitrine.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Debian archives that this machine already uses, as its apt sources name them, with Debian's
 * own as the last resort. A machine inside a company often reaches only the former.
 */
final class DebianMirrors {

    private static final Logger LOG = LoggerFactory.getLogger(DebianMirrors.class);

    private static final URI OFFICIAL = URI.create("https://deb.debian.org/debian");

    /** Both apt formats: "deb [options] URI suite" and "URIs: URI URI". */
    private static final Pattern LINE =
            Pattern.compile("^(?:deb\\s+(?:\\[[^]]*]\\s+)?|URIs:\\s*)(?<uris>\\S.*)$");

    /** Main archive only; debian-security and third parties do not carry the package. */
    private static final Pattern ARCHIVE = Pattern.compile("https?://[^\\s]+/debian/?");

    private DebianMirrors() {}

    /** Addresses without a trailing slash, the machine's own first. */
    static List<URI> of(Path aptDirectory) {
        Set<URI> found = new LinkedHashSet<>();
        for (Path file : sources(aptDirectory)) {
            try (Stream<String> lines = Files.lines(file)) {
                lines.forEach(line -> collect(line, found));
            } catch (IOException | UncheckedIOException e) {
                LOG.debug("Apt source {} is not readable; the others serve", file, e);
            }
        }
        found.add(OFFICIAL);
        return List.copyOf(found);
    }

    private static void collect(String line, Set<URI> into) {
        Matcher source = LINE.matcher(line.strip());
        if (source.matches()) {
            Matcher address = ARCHIVE.matcher(source.group("uris"));
            while (address.find()) {
                boolean whole =
                        address.end() == source.group("uris").length()
                                || Character.isWhitespace(
                                        source.group("uris").charAt(address.end()));
                if (whole) {
                    into.add(URI.create(address.group().replaceAll("/$", "")));
                }
            }
        }
    }

    private static List<Path> sources(Path aptDirectory) {
        List<Path> files = new ArrayList<>();
        Path single = aptDirectory.resolve("sources.list");
        if (Files.isRegularFile(single)) {
            files.add(single);
        }
        Path many = aptDirectory.resolve("sources.list.d");
        if (Files.isDirectory(many)) {
            try (Stream<Path> entries = Files.list(many)) {
                entries.filter(path ->
                                path.toString().endsWith(".list")
                                        || path.toString().endsWith(".sources"))
                        .sorted()
                        .forEach(files::add);
            } catch (IOException e) {
                LOG.debug("Folder {} is not readable; Debian's own archive serves", many, e);
            }
        }
        return files;
    }
}
