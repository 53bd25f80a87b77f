package dev.vitrine.packaging;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/** Makes the five images as tar files, each with the class cache that a start of it leaves. */
public final class ImageTars {

    private ImageTars() {}

    /**
     * Makes their files under {@code packaging/target/images} and packs them.
     *
     * @param arguments the checkout, the version of its modules, the base image, and the folder
     *     that gets {@code vitrine-SERVICE.tar}
     */
    public static void main(String... arguments)
            throws IOException,
                    InterruptedException,
                    InvalidImageReferenceException,
                    RegistryException,
                    CacheDirectoryCreationException,
                    ExecutionException {
        Images images = Images.of(arguments);
        JavaRuntime runtime = images.runtime();
        ImagePacker packer = new ImagePacker(arguments[2], runtime, images.version());
        try (Rehearsal rehearsal = new Rehearsal(images.work().resolve("rehearsal"), runtime)) {
            for (String name : ServiceArtifact.NAMES) {
                ImageLayout layout = images.layout(name);
                rehearsal.train(layout);
                layout.writeOptions(ImageLayout.APP, true);
                packer.pack(layout, Path.of(arguments[3], "vitrine-" + name + ".tar"));
            }
        }
    }
}
