package dev.vitrine.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program of the host to its end within a deadline and keeps what it printed. An interrupt
 * ends it too.
 */
final class HostCommand {

    /** Exit status ({@link #TIMED_OUT} when killed at the deadline) and the printed text. */
    record Result(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }
    }

    static final int TIMED_OUT = -1;

    /**
     * A program that is just starting another one is let get there: killed before, it would leave
     * one that cannot be told from others yet.
     */
    private static final Duration INTERRUPTED_ENDS_WITHIN = Duration.ofSeconds(2);

    private HostCommand() {}

    static Result run(List<String> command, Duration deadline)
            throws IOException, InterruptedException {
        // A file, not a pipe: a server started by the program would inherit the pipe and keep it
        // open, and reading to its end would wait for the server.
        Path output = Files.createTempFile("vitrine-command", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            // PGDATA, PGPORT and the like of the user's shell must not reach our server, and the
            // language of its messages is ours to read.
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("LC_ALL", "C");
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
            builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            Process process = builder.start();
            try {
                if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
                    return new Result(TIMED_OUT, read(output) + "(killed after " + deadline + ")");
                }
            } catch (InterruptedException e) {
                try {
                    process.waitFor(INTERRUPTED_ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
                } finally {
                    process.destroyForcibly();
                }
                throw e;
            }
            return new Result(process.exitValue(), read(output));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static String read(Path output) throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
    }
}
