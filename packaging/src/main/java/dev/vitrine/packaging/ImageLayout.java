package dev.vitrine.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that an image of a service has under {@code /app}, in a folder. {@code
 * java @/app/java.options MAIN} starts the service from either place.
 *
 * @param app the folder
 * @param service what is in it
 */
record ImageLayout(Path app, ServiceArtifact service) {

    /** Where the files are in the image. */
    static final String APP = "/app";

    static final String OPTIONS = "java.options";
    static final String CACHE = "vitrine.aot";

    /**
     * The JVM checks the times of what its cache was made from, so they are the same everywhere.
     */
    static final Instant TIME = Instant.EPOCH.plusSeconds(1);

    /** Copies the service's jars into the folder and writes the options beside them. */
    static ImageLayout write(ServiceArtifact service, Path app) throws IOException {
        ImageLayout layout = new ImageLayout(app, service);
        Files.createDirectories(layout.lib());
        for (Path jar : layout.jars()) {
            Path copy = app.resolve(inApp(jar));
            Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(copy, FileTime.from(TIME));
        }
        layout.writeOptions(app.toAbsolutePath().toString(), false);
        return layout;
    }

    /**
     * Writes the options for files that lie under {@code prefix}.
     *
     * @param cached whether {@value #CACHE} is among them
     */
    void writeOptions(String prefix, boolean cached) throws IOException {
        Path file = app.resolve(OPTIONS);
        Files.write(file, options(prefix, cached));
        Files.setLastModifiedTime(file, FileTime.from(TIME));
    }

    private List<String> options(String prefix, boolean cached) {
        List<String> options = new ArrayList<>();
        options.add("-XX:+UseSerialGC");
        options.add("-XX:+UseCompactObjectHeaders");
        options.add("-XX:+UseTransparentHugePages");
        options.add("-XX:+ExitOnOutOfMemoryError");
        if (service.hasKernels()) {
            options.add("--add-modules=jdk.incubator.vector");
        }
        options.add("--enable-native-access=ALL-UNNAMED");
        options.add("--sun-misc-unsafe-memory-access=allow");
        if (cached) {
            options.add("-XX:AOTCache=" + prefix + "/" + CACHE);
        }
        options.add("-cp");
        options.add(
                String.join(":", jars().stream().map(jar -> prefix + "/" + inApp(jar)).toList()));
        return options;
    }

    /** Where its jars are. */
    Path lib() {
        return app.resolve("lib");
    }

    /** In the order of the class path. */
    private List<Path> jars() {
        return Stream.of(List.of(service.jar()), service.own(), service.foreign())
                .flatMap(List::stream)
                .toList();
    }

    private static Path inApp(Path jar) {
        return Path.of("lib").resolve(jar.getFileName());
    }
}
