package dev.vitrine.standalone.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file by which the commands find a running Vitrine. It is replaced whole, so a reader sees the
 * old state or the new one; it is gone when nothing runs, unless the launcher was killed.
 */
public final class StateFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final Path file;

    public StateFile(DataDirectory data) {
        this.file = data.stateFile();
    }

    /** The state last written; empty when there is none or it cannot be understood. */
    public Optional<RunState> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readString(file), RunState.class));
        } catch (JacksonException unknownForm) {
            // Of another version, or damaged: nothing in it can be trusted.
            return Optional.empty();
        }
    }

    /** The state of a Vitrine whose launcher lives. */
    public Optional<RunState> readRunning() throws IOException {
        return read().filter(state -> state.launcher().alive());
    }

    void write(RunState state) throws IOException {
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(state));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
