package dev.vitrine.embedded;

import dev.vitrine.embedded.EmbeddedPostgresqlSettings.Durability;
import java.nio.file.Path;

/** A launcher in a process of its own: prints the server's process id and port, then waits. */
final class LauncherToKill {

    private LauncherToKill() {}

    public static void main(String[] arguments) throws Exception {
        try {
            EmbeddedPostgresql server =
                    EmbeddedPostgresql.start(
                            EmbeddedPostgresqlSettings.in(Path.of(arguments[0]))
                                    .withDurability(Durability.RELAXED));
            System.out.println(server.pid() + " " + server.port());
            Thread.currentThread().join();
        } catch (PlatformException e) {
            System.out.println(e.code() + " " + e.getMessage());
            System.exit(1);
        }
    }
}
