package dev.vitrine.packaging;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the images of a checkout are made.
 *
 * @param checkout the root of the sources, built
 * @param version of the modules
 */
record Images(Path checkout, String version) {

    /** From the command line: checkout and version. */
    static Images of(String... arguments) {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("wanted: CHECKOUT VERSION");
        }
        return new Images(Path.of(arguments[0]).toAbsolutePath().normalize(), arguments[1]);
    }

    /** Everything that is made on the way. */
    Path work() {
        return checkout.resolve("packaging/target/images");
    }

    JavaRuntime runtime() throws IOException, InterruptedException {
        return JavaRuntime.link(work().resolve("runtime"));
    }

    ImageLayout layout(String name) throws IOException {
        return ImageLayout.write(
                ServiceArtifact.of(checkout, name, version), work().resolve(name).resolve("app"));
    }
}
