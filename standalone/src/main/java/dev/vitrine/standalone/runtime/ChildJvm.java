package dev.vitrine.standalone.runtime;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Starts another JVM on the class path that was built for the launcher. It gets a session of its
 * own, so that Ctrl-C in the terminal reaches the launcher only, which then ends the children in
 * order.
 */
public final class ChildJvm {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final int MAGIC_BYTES = 4;

    private ChildJvm() {}

    /**
     * The options by which a process starts from an archive of its classes. The JVM writes it at
     * its first orderly end and again after every build.
     *
     * @param name of the archive; one for each set of classes
     */
    public static List<String> sharedArchive(Path home, String name) throws IOException {
        Path archive = target(home).resolve(name + ".jsa");
        if (Files.exists(archive) && !whole(archive)) {
            // The JVM would do without any archive, also its own, and never write this one anew.
            Files.deleteIfExists(archive);
        }
        return List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive);
    }

    /** False for what a JVM leaves that is killed while it writes: the head comes last. */
    private static boolean whole(Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            return !Arrays.equals(in.readNBytes(MAGIC_BYTES), new byte[MAGIC_BYTES])
                    && Files.size(archive) > MAGIC_BYTES;
        }
    }

    /**
     * The same as the launcher script's. Not ours: in a test ours has folders, of which the JVM
     * makes no archive.
     */
    private static String classPath(Path home) throws IOException {
        Path jar = existing(target(home).resolve("standalone.jar"));
        return jar + File.pathSeparator + target(home).resolve("lib").resolve("*");
    }

    private static Path target(Path home) {
        return home.resolve("standalone").resolve("target");
    }

    private static Path existing(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("No such file: " + file);
        }
        return file;
    }

    /**
     * Starts the JVM with its output appended to a file.
     *
     * @param options name of the options file in the checkout's {@code standalone/jvm}
     * @param jvmArguments further arguments before the main class
     * @param variables set over the inherited environment
     */
    public static Process start(
            Path home,
            String options,
            List<String> jvmArguments,
            String mainClass,
            List<String> arguments,
            Map<String, String> variables,
            Path output)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + existing(home.resolve("standalone").resolve("jvm").resolve(options)));
        command.add("-Dvitrine.home=" + home);
        command.addAll(jvmArguments);
        command.add("-cp");
        command.add(classPath(home));
        command.add(mainClass);
        command.addAll(arguments);
        Files.createDirectories(output.getParent());
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectInput(Redirect.from(new File("/dev/null")))
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.appendTo(output.toFile()));
        builder.environment().putAll(variables);
        return builder.start();
    }
}
