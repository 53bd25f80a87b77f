package dev.vitrine.benchmarks.engine;

import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The Vitrine of a data folder, started and ended with the launcher's own commands. One that runs
 * already is used as it is and left running.
 */
public final class VitrineProcess implements AutoCloseable {

    private final Path home;
    private final Path data;
    private final boolean ours;
    private final Map<String, Part> parts;

    /** A part as {@code ./vitrine status} tells it. */
    private record Part(long pid, int port) {}

    private VitrineProcess(Path home, Path data, boolean ours, Map<String, Part> parts) {
        this.home = home;
        this.data = data;
        this.ours = ours;
        this.parts = parts;
    }

    /**
     * Finds or starts it with the demo catalogue in it.
     *
     * @param home the checkout
     * @param processes whether each service gets a process of its own
     */
    public static VitrineProcess in(Path home, Path data, boolean processes) throws IOException {
        Map<String, Part> parts = status(home, data);
        boolean ours = parts.isEmpty();
        if (ours) {
            List<String> demo = new ArrayList<>(List.of("demo", "--detach", "--port", freePort()));
            if (processes) {
                demo.add("--processes");
            }
            int status = vitrine(home, data, demo);
            parts = status(home, data);
            if (status != 0 || parts.isEmpty()) {
                throw new IOException("./vitrine demo ended with status " + status);
            }
        }
        return new VitrineProcess(home, data, ours, parts);
    }

    URI address(String part) {
        return URI.create("http://127.0.0.1:" + part(part).port());
    }

    /** Processes by part; parts that share one are told once. */
    Map<String, Long> processes() {
        Map<Long, String> names = new LinkedHashMap<>();
        parts.forEach((name, part) -> names.merge(part.pid(), name, (a, b) -> "all"));
        Map<String, Long> processes = new LinkedHashMap<>();
        names.forEach((pid, name) -> processes.put(name, pid));
        return processes;
    }

    private Part part(String name) {
        Part part = parts.get(name);
        if (part == null) {
            throw new IllegalStateException("this Vitrine has no part " + name);
        }
        return part;
    }

    @Override
    public void close() throws IOException {
        if (ours) {
            vitrine(home, data, List.of("stop"));
        }
    }

    /** The parts of a Vitrine that is ready; empty when there is none. */
    private static Map<String, Part> status(Path home, Path data) throws IOException {
        Path file = Files.createTempFile("vitrine-status", ".json");
        try {
            Map<String, Part> parts = new LinkedHashMap<>();
            if (vitrine(home, data, List.of("status", "--json", file.toString())) == 0) {
                JsonNode status = WireJson.mapper().readTree(Files.readAllBytes(file));
                for (JsonNode part : status.path("parts")) {
                    parts.put(
                            part.path("name").stringValue(),
                            new Part(part.path("pid").asLong(), part.path("port").asInt()));
                }
            }
            return parts;
        } finally {
            Files.delete(file);
        }
    }

    private static int vitrine(Path home, Path data, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("vitrine").toString());
        command.addAll(arguments);
        command.addAll(List.of("--data", data.toString()));
        boolean quiet = arguments.contains("status");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectOutput(
                quiet ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.INHERIT);
        builder.redirectError(
                quiet ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.INHERIT);
        return builder.start().onExit().join().exitValue();
    }

    static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
