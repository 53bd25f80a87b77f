package dev.vitrine.packaging;

import dev.vitrine.packaging.Rehearsal.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Prints what each service of the images takes to readiness, without its cache and with it:
 * seconds, and in brackets seconds of processor time, which other load on the machine hardly
 * changes.
 */
final class StartTimes {

    private static final int ROUNDS = 2;

    private StartTimes() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Images images = Images.of(arguments);
        JavaRuntime runtime = images.runtime();
        System.out.println("| service | without cache, s | with cache, s | MiB | cache, MiB |");
        System.out.println("|---|---|---|---|---|");
        try (Rehearsal rehearsal = new Rehearsal(images.work().resolve("rehearsal"), runtime)) {
            for (String name : ServiceArtifact.NAMES) {
                ImageLayout layout = images.layout(name);
                Path cache = layout.app().resolve(ImageLayout.CACHE);
                if (!Files.exists(cache)) {
                    rehearsal.train(layout);
                }
                StringBuilder without = new StringBuilder();
                StringBuilder with = new StringBuilder();
                long megabytes = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    without.append(seconds(rehearsal.run(layout, List.of())));
                    Start start = rehearsal.run(layout, List.of("-XX:AOTCache=" + cache));
                    with.append(seconds(start));
                    megabytes = Math.max(megabytes, start.megabytes());
                }
                System.out.printf(
                        "| %s |%s |%s | %d | %d |%n",
                        name, without, with, megabytes, Files.size(cache) >> 20);
            }
        }
    }

    private static String seconds(Start start) {
        return " %.1f (%.1f)"
                .formatted(start.ready().toMillis() / 1e3, start.processor().toMillis() / 1e3);
    }
}
