package dev.vitrine.standalone.command;

import dev.vitrine.standalone.runtime.DataDirectory;
import dev.vitrine.standalone.runtime.RunState;
import dev.vitrine.standalone.runtime.StateFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command finds the Vitrine that it works on. */
final class TargetOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Data folder of a Vitrine on this machine (default: VITRINE_DATA, else .vitrine in the checkout).")
    private @Nullable Path data;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of the gateway of a Vitrine anywhere, instead of --data.")
    private @Nullable URI url;

    DataDirectory data() {
        return Environment.current().data(data);
    }

    /** The Vitrine of the data folder, if it runs. */
    Optional<RunState> running() throws IOException {
        return url != null ? Optional.empty() : new StateFile(data()).readRunning();
    }

    /** The gateway's address. */
    URI gateway() throws IOException, CommandFailedException {
        if (url != null) {
            return url;
        }
        return running()
                .map(RunState::gateway)
                .orElseThrow(() ->
                        new CommandFailedException(
                                "No Vitrine runs on %s. Start one with ./vitrine up --detach, or name one with --data or --url."
                                        .formatted(data().root())));
    }
}
