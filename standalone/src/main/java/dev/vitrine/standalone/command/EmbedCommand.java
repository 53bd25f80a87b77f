package dev.vitrine.standalone.command;

import dev.vitrine.standalone.client.ApiException;
import dev.vitrine.standalone.client.EmbeddingClient;
import dev.vitrine.standalone.runtime.DataDirectory;
import dev.vitrine.standalone.runtime.LogSetup;
import dev.vitrine.standalone.runtime.LoneEmbedding;
import dev.vitrine.standalone.runtime.Part;
import dev.vitrine.standalone.runtime.PartState;
import dev.vitrine.standalone.runtime.RunState;
import dev.vitrine.standalone.runtime.StartFailedException;
import dev.vitrine.standalone.runtime.StateFile;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Turns lines of text into a file of vectors, with the model that the catalogue is embedded with.
 */
@Command(
        name = "embed",
        mixinStandardHelpOptions = true,
        description = {
            "Embed one text a line into row-major little-endian float32 of unit length.",
            "A running Vitrine does it; without one the embedding service is started for it."
        })
final class EmbedCommand implements Callable<Integer> {
    private static final int BATCH = 64;
    private static final String STAND_IN = "-";

    /** The service takes no longer texts, and the model reads far less of them. */
    private static final int TEXT_LIMIT = 8_000;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DataOption option = new DataOption();

    @Option(names = "--in", paramLabel = "FILE.txt", required = true, description = "The texts.")
    private Path in = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "FILE.f32",
            required = true,
            description = "The vectors, in the order of the lines.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws Exception {
        if (!Files.isRegularFile(in)) {
            throw new CommandFailedException(in + " is not a file");
        }
        Console console = Console.of(spec.commandLine().getOut());
        try {
            Optional<URI> running = runningService(option.directory());
            if (running.isPresent()) {
                embed(running.get(), console);
            } else {
                console.line("Starting the embedding service");
                LogSetup.quiet();
                try (LoneEmbedding service = LoneEmbedding.start(option.directory())) {
                    embed(service.address(), console);
                }
            }
        } catch (ApiException | StartFailedException failed) {
            throw new CommandFailedException(failed);
        }
        return Vitrine.DONE;
    }

    private static Optional<URI> runningService(DataDirectory data) throws IOException {
        Optional<RunState> state = new StateFile(data).readRunning();
        return state.flatMap(running -> running.part(Part.EMBEDDING))
                .filter(part -> part.state().equals(RunState.READY))
                .map(PartState::port)
                .flatMap(port ->
                        state.map(running ->
                                URI.create("http://" + running.gateway().getHost() + ":" + port)));
    }

    private void embed(URI service, Console console) throws IOException, ApiException {
        long total;
        try (var lines = Files.lines(in)) {
            total = lines.count();
        }
        long from = System.nanoTime();
        long done = 0;
        long blank = 0;
        // Written aside and moved, so that a broken run leaves no short file under the name.
        Path partial = out.resolveSibling(out.getFileName() + ".part");
        try (EmbeddingClient client = new EmbeddingClient(service);
                BufferedReader lines = Files.newBufferedReader(in);
                OutputStream vectors =
                        new BufferedOutputStream(Files.newOutputStream(partial), 1 << 20)) {
            List<String> batch = nextBatch(lines);
            while (!batch.isEmpty()) {
                blank += write(batch, client, vectors);
                done += batch.size();
                console.progress("Embedding:", done, total);
                batch = nextBatch(lines);
            }
        }
        Files.move(partial, out, StandardCopyOption.REPLACE_EXISTING);
        double seconds = (System.nanoTime() - from) / 1_000_000_000.0;
        console.line(
                "%,d vectors of %d dimensions in %.1f s (%.0f a second)"
                        .formatted(
                                done,
                                done == 0 ? 0 : Files.size(out) / done / Float.BYTES,
                                seconds,
                                done / Math.max(seconds, 1e-9)));
        if (blank > 0) {
            console.line("%,d blank lines became rows of zeros".formatted(blank));
        }
    }

    /**
     * Writes the vectors of a batch. The service refuses blank texts, since they mean nothing;
     * their row of zeros keeps rows and lines together and is similar to nothing.
     *
     * @return how many texts were blank
     */
    private static int write(List<String> batch, EmbeddingClient client, OutputStream vectors)
            throws IOException, ApiException {
        List<byte[]> embedded =
                client.embed(batch.stream().map(text -> text.isBlank() ? STAND_IN : text).toList());
        int blank = 0;
        for (int i = 0; i < embedded.size(); i++) {
            byte[] vector = embedded.get(i);
            boolean nothing = batch.get(i).isBlank();
            vectors.write(nothing ? new byte[vector.length] : vector);
            blank += nothing ? 1 : 0;
        }
        return blank;
    }

    private static List<String> nextBatch(BufferedReader lines) throws IOException {
        List<String> batch = new ArrayList<>(BATCH);
        while (batch.size() < BATCH) {
            String line = lines.readLine();
            if (line == null) {
                break;
            }
            batch.add(line.substring(0, Math.min(line.length(), TEXT_LIMIT)));
        }
        return batch;
    }
}
