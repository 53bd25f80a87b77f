package dev.vitrine.index.snapshot;

import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** The folder of a shard. One thread at a time writes. */
public final class SnapshotStore {

    /*
     *   manifest.json            the one that counts; second line: CRC-32C of the first
     *   snapshot-<sequence>/     its files
     *   text-<...>/              Lucene folders, with the commits that manifests name
     *
     * Files first, each forced to the disk; then the folder; then the manifest under another name,
     * forced; then renamed over the old one. A process that dies before the rename leaves the old
     * manifest with its files, which are removed only after it. So at every moment there is one
     * usable manifest, or none yet.
     */
    private static final Logger log = LoggerFactory.getLogger(SnapshotStore.class);

    private static final String MANIFEST = "manifest.json";
    private static final String SNAPSHOT = "snapshot-";
    private static final String TEXT = "text-";

    private final Path folder;

    public SnapshotStore(Path folder) {
        this.folder = folder;
    }

    /** Where a Lucene folder of this name is. */
    public Path textFolder(String name) {
        return folder.resolve(name);
    }

    /** A folder name for a text index that no other has had. */
    public String newTextFolder(long generation) {
        String name = TEXT + generation;
        for (int i = 1; Files.exists(folder.resolve(name)); i++) {
            name = TEXT + generation + "-" + i;
        }
        return name;
    }

    /**
     * The manifest, if there has been a snapshot.
     *
     * @throws CorruptSnapshotException when it is damaged or of another format
     */
    public Optional<SnapshotManifest> manifest() throws IOException, CorruptSnapshotException {
        Files.createDirectories(folder);
        List<String> lines;
        try {
            lines = Files.readAllLines(folder.resolve(MANIFEST));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw new CorruptSnapshotException("the manifest is no text", e);
        }
        if (lines.size() != 2 || !lines.get(1).equals(checksum(lines.get(0)))) {
            throw new CorruptSnapshotException("the manifest does not have its checksum");
        }
        try {
            byte[] json = lines.get(0).getBytes(StandardCharsets.UTF_8);
            // First, because the members are those of the format.
            int format = WireJson.read(json, Format.class).format();
            if (format != SnapshotManifest.FORMAT) {
                throw new CorruptSnapshotException(
                        "the snapshot has format "
                                + format
                                + ", this version reads "
                                + SnapshotManifest.FORMAT);
            }
            return Optional.of(WireJson.read(json, SnapshotManifest.class));
        } catch (JacksonException e) {
            throw new CorruptSnapshotException("the manifest cannot be read", e);
        }
    }

    /** The member that every manifest has. */
    private record Format(int format) {}

    /** Opens a file of a snapshot after checking all of it. */
    public SnapshotInput open(SnapshotManifest manifest, SnapshotManifest.FileEntry entry)
            throws IOException, CorruptSnapshotException {
        return new SnapshotInput(file(manifest.sequence(), entry.name()), entry);
    }

    /** Where a file of a snapshot is, for those that write and check themselves. */
    public Path file(long sequence, String name) {
        return folder.resolve(SNAPSHOT + sequence).resolve(name);
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void write(SnapshotOutput out) throws IOException;
    }

    /** Makes the folder of a new snapshot, empty. */
    public void begin(long sequence) throws IOException {
        Path target = folder.resolve(SNAPSHOT + sequence);
        delete(target);
        Files.createDirectories(target);
    }

    /** Removes a snapshot that was begun and cannot be finished. */
    public void discard(long sequence) {
        discard(SNAPSHOT + sequence);
    }

    /** Removes a folder of ours that nothing names. */
    public void discard(String name) {
        try {
            delete(folder.resolve(name));
        } catch (IOException e) {
            log.warn("{} cannot be removed; the next snapshot does it", name, e);
        }
    }

    /** Writes a file of a new snapshot. */
    public SnapshotManifest.FileEntry write(long sequence, String name, Content content)
            throws IOException {
        try (SnapshotOutput out = new SnapshotOutput(file(sequence, name))) {
            content.write(out);
            return out.finish();
        }
    }

    /** The folders of snapshots and text indexes that there are. */
    public Set<String> folders() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith(SNAPSHOT) || name.startsWith(TEXT))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }

    /**
     * Makes a snapshot the one that counts and removes what only earlier ones needed.
     *
     * @param superfluous {@link #folders} that nobody has open; those that it names stay
     */
    public void commit(SnapshotManifest manifest, Set<String> superfluous) throws IOException {
        boolean named = false;
        try {
            name(manifest);
            named = true;
        } finally {
            if (!named) {
                discard(manifest.sequence());
            }
        }
        force(folder);
        sweep(superfluous, manifest);
    }

    private void name(SnapshotManifest manifest) throws IOException {
        force(folder.resolve(SNAPSHOT + manifest.sequence()));
        String json = new String(WireJson.write(manifest), StandardCharsets.UTF_8);
        Path temporary = folder.resolve(MANIFEST + ".tmp");
        Files.writeString(temporary, json + "\n" + checksum(json) + "\n");
        force(temporary);
        try {
            Files.move(
                    temporary,
                    folder.resolve(MANIFEST),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("snapshots need a file system with atomic renames", e);
        }
    }

    /** Removes folders that the manifest does not name: leftovers of a process that died. */
    public void sweepAllBut(SnapshotManifest manifest) throws IOException {
        sweep(folders(), manifest);
    }

    /** Removes everything, to begin anew. */
    public void clear() throws IOException {
        Files.deleteIfExists(folder.resolve(MANIFEST));
        for (String name : folders()) {
            delete(folder.resolve(name));
        }
    }

    private void sweep(Set<String> superfluous, SnapshotManifest manifest) throws IOException {
        Set<String> needed = new HashSet<>();
        manifest.catalogs().forEach(catalog -> needed.add(catalog.textFolder()));
        needed.add(SNAPSHOT + manifest.sequence());
        for (String name : superfluous) {
            if (!needed.contains(name)) {
                delete(folder.resolve(name));
            }
        }
    }

    private static void delete(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(target)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
        log.debug("removed {}", target);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static String checksum(String line) {
        CRC32C crc = new CRC32C();
        crc.update(line.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
