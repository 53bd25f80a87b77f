package dev.vitrine.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Java runtime in the images, linked from the JDK that runs this: a class cache is good for the
 * very runtime that made it, so the runtime comes along.
 *
 * @param home its folder
 */
record JavaRuntime(Path home) {

    /** Where it is in the image. */
    static final String HOME = "/opt/java";

    /** What the services need, and what one needs to look into a running one (jcmd, JFR). */
    private static final List<String> MODULES =
            List.of(
                    "java.se",
                    "jdk.crypto.ec",
                    "jdk.incubator.vector",
                    "jdk.jcmd",
                    "jdk.jfr",
                    "jdk.localedata",
                    "jdk.management",
                    "jdk.naming.dns",
                    "jdk.net",
                    "jdk.nio.mapmode",
                    "jdk.security.auth",
                    "jdk.security.jgss",
                    "jdk.unsupported",
                    "jdk.zipfs");

    /** Links it unless it is there. */
    static JavaRuntime link(Path home) throws IOException, InterruptedException {
        if (!Files.exists(home.resolve("release"))) {
            Process jlink =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "jlink")
                                            .toString(),
                                    "--add-modules",
                                    String.join(",", MODULES),
                                    "--include-locales=en",
                                    "--strip-java-debug-attributes",
                                    "--no-header-files",
                                    "--no-man-pages",
                                    "--output",
                                    home.toString())
                            .inheritIO()
                            .start();
            if (jlink.waitFor() != 0) {
                throw new IOException("jlink ended with status " + jlink.exitValue());
            }
            setTimes(home);
        }
        return new JavaRuntime(home);
    }

    Path java() {
        return home.resolve("bin").resolve("java");
    }

    private static void setTimes(Path folder) throws IOException {
        FileTime time = FileTime.from(ImageLayout.TIME);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.getFileAttributeView(
                                file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setTimes(time, null, null);
            }
        }
    }
}
