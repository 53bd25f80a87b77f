package dev.vitrine.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A built service.
 *
 * @param name one of {@link #NAMES}
 * @param jar its own classes
 * @param own our modules that it needs; they change with every build
 * @param foreign everything else, in the order of the class path
 */
record ServiceArtifact(String name, Path jar, List<Path> own, List<Path> foreign) {

    static final List<String> NAMES =
            List.of("gateway", "embedding", "index", "retrieval", "recommender");

    private static final Set<String> WITH_KERNELS = Set.of("index", "recommender");

    /** The service as the build of this checkout left it. */
    static ServiceArtifact of(Path checkout, String name, String version) throws IOException {
        Path target = checkout.resolve(name + "-service").resolve("target");
        Path jar = target.resolve(name + "-service-" + version + ".jar");
        Path list = target.resolve("runtime.classpath");
        for (Path needed : List.of(jar, list)) {
            if (!Files.exists(needed)) {
                throw new NoSuchFileException(
                        needed.toString(), null, "build the services first: mvn package");
            }
        }
        List<Path> libraries =
                Stream.of(Files.readString(list).strip().split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList();
        return new ServiceArtifact(
                name,
                jar,
                libraries.stream().filter(library -> isOwn(checkout, library)).toList(),
                libraries.stream().filter(library -> !isOwn(checkout, library)).toList());
    }

    /** From the reactor, or from the local Maven repository when a module is built alone. */
    private static boolean isOwn(Path checkout, Path library) {
        return library.startsWith(checkout.toAbsolutePath().normalize())
                || library.toString().contains("/dev/vitrine/");
    }

    /** Class with the service's {@code main}. */
    String mainClass() {
        return "dev.vitrine."
                + name
                + "."
                + Character.toUpperCase(name.charAt(0))
                + name.substring(1)
                + "Application";
    }

    /** Whether it computes with vectors, and so needs the incubating module. */
    boolean hasKernels() {
        return WITH_KERNELS.contains(name);
    }
}
