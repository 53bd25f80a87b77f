package dev.vitrine.standalone.command;

import dev.vitrine.standalone.runtime.DataDirectory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of commands that work on a Vitrine of this machine only. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Data folder of the Vitrine (default: VITRINE_DATA, else .vitrine in the checkout).")
    private @Nullable Path data;

    DataDirectory directory() {
        return Environment.current().data(data);
    }
}
