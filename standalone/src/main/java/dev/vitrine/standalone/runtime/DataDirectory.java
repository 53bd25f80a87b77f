package dev.vitrine.standalone.runtime;

import java.nio.file.Path;

/**
 * Where one Vitrine keeps everything: its products, its log files and what says that it runs.
 *
 * @param root absolute
 */
public record DataDirectory(Path root) {
    public DataDirectory {
        root = root.toAbsolutePath().normalize();
    }

    Path stateFile() {
        return root.resolve("run").resolve("state.json");
    }

    Path lockFile() {
        return root.resolve("run").resolve("lock");
    }

    Path postgresql() {
        return root.resolve("postgresql");
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** Everything that the process of the launcher logs; with one process this is every part. */
    public Path mainLog() {
        return logs().resolve("vitrine.log");
    }

    /** What a launcher in the background would have said on the terminal. */
    public Path launcherLog() {
        return logs().resolve("launcher.log");
    }

    /** Log of one part; PostgreSQL keeps its own. */
    public Path log(Part part) {
        Path folder = part == Part.POSTGRESQL ? postgresql() : logs();
        return folder.resolve(part.label() + ".log");
    }

    /** What a process of its own wrote outside its log: start-up faults, crashes of the JVM. */
    Path outputOf(Part part) {
        return logs().resolve(part.label() + ".out");
    }
}
