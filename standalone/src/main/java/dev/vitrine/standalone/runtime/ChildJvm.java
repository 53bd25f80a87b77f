package dev.vitrine.standalone.runtime;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts another JVM on our class path. It gets a session of its own, so that Ctrl-C in the
 * terminal reaches the launcher only, which then ends the children in order.
 */
public final class ChildJvm {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private ChildJvm() {}

    /**
     * The options by which the process of everything starts from an archive of its classes. The JVM
     * writes it at its first orderly end and again after every build.
     */
    public static List<String> sharedArchive(Path home) {
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile="
                        + home.resolve("standalone").resolve("target").resolve("run.jsa"));
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
        Path optionsFile = home.resolve("standalone").resolve("jvm").resolve(options);
        if (!Files.exists(optionsFile)) {
            throw new IOException("No such file: " + optionsFile);
        }
        command.add("@" + optionsFile);
        command.add("-Dvitrine.home=" + home);
        command.addAll(jvmArguments);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
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
