package dev.vitrine.standalone.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/**
 * Keeps two launchers off one data directory. The operating system gives the lock back however the
 * launcher ends.
 */
final class RunLock implements AutoCloseable {
    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    @SuppressWarnings("resource") // The lock lives as long as the channel, which close() closes.
    static RunLock take(DataDirectory data) throws IOException, StartFailedException {
        Files.createDirectories(data.lockFile().getParent());
        FileChannel channel =
                FileChannel.open(
                        data.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException oursAlready) {
            taken = false;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        if (!taken) {
            String owner =
                    new StateFile(data)
                            .read()
                            .map(state -> " (process " + state.launcher().pid() + ")")
                            .orElse("");
            throw new StartFailedException(
                    "A Vitrine"
                            + owner
                            + " already runs on "
                            + data.root()
                            + ". Stop it with: ./vitrine stop --data "
                            + data.root());
        }
        return new RunLock(channel);
    }

    /** True while a launcher that lives holds the lock; makes no file. */
    static boolean isHeld(DataDirectory data) throws IOException {
        if (!Files.exists(data.lockFile())) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(data.lockFile(), StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException ours) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
