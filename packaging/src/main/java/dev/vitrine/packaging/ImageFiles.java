package dev.vitrine.packaging;

import java.io.IOException;
import java.nio.file.Files;

/** Makes the files of all images, each with the class cache that a start of the service leaves. */
public final class ImageFiles {

    private ImageFiles() {}

    /**
     * Makes them under {@code packaging/target/images}.
     *
     * @param arguments the checkout and the version of its modules
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Images images = Images.of(arguments);
        JavaRuntime runtime = images.runtime();
        try (Rehearsal rehearsal = new Rehearsal(images.work().resolve("rehearsal"), runtime)) {
            for (String name : ServiceArtifact.NAMES) {
                ImageLayout layout = images.layout(name);
                Files.createDirectories(layout.app().resolveSibling("data"));
                rehearsal.train(layout);
                layout.writeOptions(ImageLayout.APP, true);
            }
        }
    }
}
