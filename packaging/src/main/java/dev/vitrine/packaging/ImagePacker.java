package dev.vitrine.packaging;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/**
 * Packs the files of a service into an image, a tar file that any container engine loads. Runtime,
 * libraries and the rest are layers of their own, so the five images share the runtime's.
 */
final class ImagePacker {

    private static final String USER = "65532:65532";
    private static final String EMPTY = "scratch";
    private static final AbsoluteUnixPath DATA = AbsoluteUnixPath.get("/var/lib/vitrine");
    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");

    /** A volume that is mounted here may belong to anybody. */
    private static final FilePermissions OPEN = FilePermissions.fromOctalString("777");

    private final String base;
    private final JavaRuntime runtime;
    private final String version;

    /**
     * @param base {@code scratch}, {@code tar://FILE}, or an image of a registry that asks for no
     *     login; it needs a glibc, libstdc++ and bash
     * @param version tag of the images
     */
    ImagePacker(String base, JavaRuntime runtime, String version) {
        this.base = base;
        this.runtime = runtime;
        this.version = version;
    }

    void pack(ImageLayout layout, Path tar)
            throws IOException,
                    InterruptedException,
                    InvalidImageReferenceException,
                    RegistryException,
                    CacheDirectoryCreationException,
                    ExecutionException {
        ServiceArtifact service = layout.service();
        Files.createDirectories(tar.getParent());
        JibContainerBuilder image = base.equals(EMPTY) ? Jib.fromScratch() : Jib.from(base);
        image.addFileEntriesLayer(runtimeLayer())
                .addFileEntriesLayer(
                        FileEntriesLayer.builder()
                                .setName("libraries")
                                .addEntryRecursive(layout.lib(), path(ImageLayout.APP + "/lib"))
                                .build())
                .addFileEntriesLayer(serviceLayer(layout))
                .setUser(USER)
                .addEnvironmentVariable("JAVA_HOME", JavaRuntime.HOME)
                .addEnvironmentVariable(
                        "PATH", JavaRuntime.HOME + "/bin:/usr/local/bin:/usr/bin:/bin")
                .setEntrypoint(
                        "java",
                        "@" + ImageLayout.APP + "/" + ImageLayout.OPTIONS,
                        service.mainClass())
                .containerize(
                        Containerizer.to(
                                        TarImage.at(tar)
                                                .named("vitrine-" + service.name() + ":" + version))
                                .setToolName("vitrine")
                                .setToolVersion(version));
    }

    private FileEntriesLayer runtimeLayer() throws IOException {
        Path bin = runtime.home().resolve("bin");
        Path spawner = runtime.home().resolve("lib").resolve("jspawnhelper");
        return FileEntriesLayer.builder()
                .setName("runtime")
                .addEntryRecursive(
                        runtime.home(),
                        path(JavaRuntime.HOME),
                        (file, target) ->
                                file.startsWith(bin) || file.equals(spawner)
                                        ? EXECUTABLE
                                        : FileEntriesLayer.DEFAULT_FILE_PERMISSIONS_PROVIDER.get(
                                                file, target))
                .build();
    }

    private static FileEntriesLayer serviceLayer(ImageLayout layout) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("service");
        for (String file : new String[] {ImageLayout.OPTIONS, ImageLayout.CACHE}) {
            layer.addEntry(layout.app().resolve(file), path(ImageLayout.APP + "/" + file));
        }
        // Any folder will do: what counts is its entry.
        return layer.addEntry(layout.app(), DATA, OPEN).build();
    }

    private static AbsoluteUnixPath path(String path) {
        return AbsoluteUnixPath.get(path);
    }
}
