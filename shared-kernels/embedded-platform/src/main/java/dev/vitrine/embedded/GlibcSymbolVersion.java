package dev.vitrine.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Makes a shared library that was linked against glibc 2.38 loadable by an older glibc.
 *
 * <p>glibc 2.38 gave {@code strtol} and its family a C23 twin: programs compiled there ask for
 * {@code __isoc23_strtol@GLIBC_2.38} although {@code strtol@GLIBC_2.2.5} would serve them (the twin
 * differs only in accepting binary literals). Debian's build of pgvector needs 2.38 for that one
 * symbol, so three fields of the file are enough:
 *
 * <ol>
 *   <li>in {@code .gnu.version_r}, the flags of the GLIBC_2.38 entry become "weak", so the loader
 *       no longer refuses the file for a version that the host lacks;
 *   <li>in {@code .dynsym}, the symbol's name offset moves nine bytes on, past {@code __isoc23_};
 *   <li>in {@code .gnu.version}, the symbol's version becomes the index of GLIBC_2.2.5.
 * </ol>
 *
 * No byte is added or moved. The result also loads on newer systems. A library that needs anything
 * else of GLIBC_2.38 is refused.
 */
final class GlibcSymbolVersion {

    private static final String NEW = "GLIBC_2.38";
    private static final String OLD = "GLIBC_2.2.5";
    private static final String PREFIX = "__isoc23_";

    private static final int SECTION_DYNSYM = 11;
    private static final int SECTION_VERSION_NEEDS = 0x6ffffffe;
    private static final int SECTION_SYMBOL_VERSIONS = 0x6fffffff;
    private static final short WEAK = 2;
    private static final int SYMBOL_BYTES = 24;

    private final ByteBuffer file;
    private int symbols = -1;
    private int symbolBytes;
    private int names = -1;
    private int versions = -1;
    private int needs = -1;

    private GlibcSymbolVersion(byte[] content) {
        file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Returns the library with its C23 symbols renamed; the argument stays as it is.
     *
     * @throws IOException when the content is not a 64-bit little-endian ELF file of the expected
     *     shape
     */
    static byte[] lower(byte[] library) throws IOException {
        byte[] copy = library.clone();
        try {
            new GlibcSymbolVersion(copy).edit();
        } catch (IndexOutOfBoundsException | ArithmeticException | IllegalArgumentException e) {
            throw new IOException("The library is cut short or damaged", e);
        }
        return copy;
    }

    private void edit() throws IOException {
        // "\177ELF", 64 bits, little-endian
        if (file.getInt(0) != 0x464c457f || file.get(4) != 2 || file.get(5) != 1) {
            throw new IOException("Not a 64-bit little-endian ELF file");
        }
        findSections();
        int newVersion = 0;
        int oldVersion = 0;
        for (int need = needs, next = 1; next != 0; need += next) {
            next = file.getInt(need + 12);
            if (next < 0) {
                throw new IOException("The library's version needs run in a circle");
            }
            int count = file.getShort(need + 2);
            int entry = need + file.getInt(need + 8);
            for (int i = 0; i < count; i++, entry += file.getInt(entry + 12)) {
                String version = name(file.getInt(entry + 8));
                if (version.equals(NEW)) {
                    newVersion = file.getShort(entry + 6);
                    file.putShort(entry + 4, WEAK);
                } else if (version.equals(OLD)) {
                    oldVersion = file.getShort(entry + 6);
                }
            }
        }
        if (newVersion == 0) {
            return;
        }
        if (oldVersion == 0) {
            throw new IOException("The library does not name " + OLD);
        }
        for (int i = 0; i * SYMBOL_BYTES < symbolBytes; i++) {
            // Bit 15 is the "hidden" flag.
            if ((file.getShort(versions + 2 * i) & 0x7fff) == newVersion) {
                int symbol = symbols + i * SYMBOL_BYTES;
                String name = name(file.getInt(symbol));
                if (!name.startsWith(PREFIX)) {
                    throw new IOException("The library needs " + name + " of " + NEW);
                }
                file.putInt(symbol, file.getInt(symbol) + PREFIX.length());
                file.putShort(versions + 2 * i, (short) oldVersion);
            }
        }
    }

    private void findSections() throws IOException {
        int headers = Math.toIntExact(file.getLong(40));
        int headerBytes = file.getShort(58);
        int count = file.getShort(60);
        for (int i = 0; i < count; i++) {
            int header = headers + i * headerBytes;
            int offset = Math.toIntExact(file.getLong(header + 24));
            switch (file.getInt(header + 4)) {
                case SECTION_DYNSYM -> {
                    symbols = offset;
                    symbolBytes = Math.toIntExact(file.getLong(header + 32));
                    int linked = headers + file.getInt(header + 40) * headerBytes;
                    names = Math.toIntExact(file.getLong(linked + 24));
                }
                case SECTION_VERSION_NEEDS -> needs = offset;
                case SECTION_SYMBOL_VERSIONS -> versions = offset;
                default -> {} // code, data and tables that carry no versions
            }
        }
        if (symbols < 0 || names < 0 || versions < 0 || needs < 0) {
            throw new IOException("The library has no versioned symbols");
        }
    }

    private String name(int offset) {
        int end = names + offset;
        while (file.get(end) != 0) {
            end++;
        }
        return new String(
                file.array(), names + offset, end - names - offset, StandardCharsets.US_ASCII);
    }
}
