package dev.vitrine.embedded;

import dev.vitrine.embedded.PlatformException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exclusive ownership of a data directory by one launcher.
 *
 * <p>The operating system gives the lock back however the launcher ends. So a server that still
 * runs in a directory whose lock is free is certainly an orphan, and may be stopped.
 *
 * <p>A POSIX lock belongs to the process and ends when the process closes <em>any</em> descriptor
 * of the file, even one opened only to try. So this JVM remembers what it holds and never opens
 * such a file a second time.
 */
final class DirectoryLock implements AutoCloseable {

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock or throws {@link Code#PLATFORM_DIRECTORY_IN_USE}. */
    @SuppressWarnings("resource") // the lock lives as long as the channel, which close() closes
    static DirectoryLock take(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.toRealPath().resolve("owner.lock");
        if (!HELD_HERE.add(file)) {
            throw inUse(directory, "this process");
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            taken = channel.tryLock() != null;
            if (!taken) {
                throw inUse(directory, "process " + Files.readString(file).strip());
            }
            channel.truncate(0);
            byte[] owner =
                    (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(owner), 0);
            return new DirectoryLock(file, channel);
        } finally {
            if (!taken) {
                HELD_HERE.remove(file);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    private static PlatformException inUse(Path directory, String owner) {
        return new PlatformException(
                Code.PLATFORM_DIRECTORY_IN_USE,
                "The data directory " + directory + " is in use by " + owner + ".");
    }

    @Override
    public void close() throws IOException {
        // The lock is given back before another thread of this JVM may try the file.
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
