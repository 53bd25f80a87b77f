package dev.vitrine.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Reads files out of a Debian package: an ar archive that holds {@code data.tar.xz}. */
final class DebianPackage {

    /** The pinned package unpacks to 1.2 MB; more is not the package we know. */
    private static final long BYTES_MAX = 64L << 20;

    private static final int XZ_MEMORY_KIB_MAX = 128 << 10;

    private DebianPackage() {}

    /** Content of the regular files whose path (with leading {@code ./}) is wanted, by path. */
    static Map<String, byte[]> read(byte[] deb, Predicate<String> wanted) throws IOException {
        try (ArArchiveInputStream ar = new ArArchiveInputStream(new ByteArrayInputStream(deb))) {
            for (ArArchiveEntry entry = ar.getNextEntry();
                    entry != null;
                    entry = ar.getNextEntry()) {
                if (entry.getName().equals("data.tar.xz")) {
                    return readTar(ar, wanted);
                }
            }
        }
        throw new IOException("The package has no data.tar.xz");
    }

    private static Map<String, byte[]> readTar(
            ArArchiveInputStream archive, Predicate<String> wanted) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        long bytes = 0;
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(
                        XZCompressorInputStream.builder()
                                .setInputStream(archive)
                                .setMemoryLimitKiB(XZ_MEMORY_KIB_MAX)
                                .get())) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                bytes += entry.getSize();
                if (bytes > BYTES_MAX) {
                    throw new IOException("The package unpacks to more than " + BYTES_MAX);
                }
                if (entry.isFile() && wanted.test(entry.getName())) {
                    files.put(entry.getName(), tar.readAllBytes());
                }
            }
        }
        return files;
    }
}
