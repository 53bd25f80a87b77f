package dev.vitrine.embedded.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A folder under the temporary one for the data of one test JVM.
 *
 * <p>Its lock is held for as long as that JVM lives. So a folder whose lock is free belongs to a
 * test run that was killed: the next run ends the servers in it and deletes it.
 */
final class TestFolder implements AutoCloseable {

    private static final String PREFIX = "vitrine-test-";
    private static final String LOCK = "test.lock";

    private final Path path;
    private final FileChannel channel;

    private TestFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static TestFolder create() {
        try {
            sweep(Path.of(System.getProperty("java.io.tmpdir")));
            Path path = Files.createTempDirectory(PREFIX);
            FileChannel channel = open(path);
            if (channel.tryLock() == null) {
                throw new IOException("A new folder is locked already: " + path);
            }
            return new TestFolder(path, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try (channel) {
            delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel open(Path folder) throws IOException {
        return FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void sweep(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                // Without its lock file the folder is being made or deleted by another run.
                if (Files.isRegularFile(folder.resolve(LOCK)) && Files.isWritable(folder)) {
                    sweepOne(folder);
                }
            }
        }
    }

    private static void sweepOne(Path folder) throws IOException {
        try (FileChannel channel = open(folder);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                ProcessHandle.allProcesses()
                        .filter(process -> worksIn(process, folder))
                        .forEach(TestFolder::end);
                delete(folder);
            }
        }
    }

    private static boolean worksIn(ProcessHandle process, Path folder) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                    .startsWith(folder);
        } catch (IOException endedOrForeign) {
            return false;
        }
    }

    private static void end(ProcessHandle process) {
        process.destroyForcibly();
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Process " + process.pid() + " does not end", e);
        }
    }

    private static void delete(Path root) throws IOException {
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure)
                            throws IOException {
                        // A server that is being killed still removes files of its own.
                        if (failure instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw failure;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException failure) throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.deleteIfExists(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
