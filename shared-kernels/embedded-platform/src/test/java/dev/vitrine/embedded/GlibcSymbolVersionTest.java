package dev.vitrine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlibcSymbolVersionTest {

    private static final int VERSIONS = 0x400;
    private static final int NEEDS = 0x500;
    private static final int SYMBOLS = 0x600;
    private static final int NAMES = 0x700;
    private static final int HEADERS = 0x800;

    @Test
    void lower_c23Symbol_takesTheOldNameVersionAndAWeakNeed() throws Exception {
        byte[] library = library("__isoc23_strtol", "GLIBC_2.2.5");
        byte[] lowered = GlibcSymbolVersion.lower(library);

        ByteBuffer file = ByteBuffer.wrap(lowered).order(ByteOrder.LITTLE_ENDIAN);
        int nameOffset = file.getInt(SYMBOLS + 24);
        assertThat(new String(lowered, NAMES + nameOffset, 7, StandardCharsets.US_ASCII))
                .isEqualTo("strtol\0");
        assertThat(file.getShort(VERSIONS + 2)).isEqualTo((short) 2);
        assertThat(file.getShort(NEEDS + 16 + 4)).isEqualTo((short) 2);
        // The second symbol keeps what it had, and only three fields differ.
        assertThat(file.getShort(VERSIONS + 4)).isEqualTo((short) 2);
        assertThat(differences(library, lowered)).isEqualTo(3);
    }

    @Test
    void lower_again_changesNothing() throws Exception {
        byte[] once = GlibcSymbolVersion.lower(library("__isoc23_strtol", "GLIBC_2.2.5"));
        assertThat(GlibcSymbolVersion.lower(once)).isEqualTo(once);
    }

    @Test
    void lower_otherSymbolOfTheNewVersion_isRefusedByName() {
        assertThatIOException()
                .isThrownBy(() -> GlibcSymbolVersion.lower(library("strlcpy", "GLIBC_2.2.5")))
                .withMessage("The library needs strlcpy of GLIBC_2.38");
    }

    @Test
    void lower_withoutTheOldVersion_isRefused() {
        assertThatIOException()
                .isThrownBy(() -> GlibcSymbolVersion.lower(library("__isoc23_strtol", "GLIBC_2.4")))
                .withMessage("The library does not name GLIBC_2.2.5");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 64, NEEDS + 10, HEADERS + 60, HEADERS + 250})
    void lower_cutShort_isRefused(int length) throws Exception {
        byte[] cut = Arrays.copyOf(library("__isoc23_strtol", "GLIBC_2.2.5"), length);
        assertThatIOException().isThrownBy(() -> GlibcSymbolVersion.lower(cut));
    }

    @Test
    void lower_noElf_isRefused() {
        byte[] text =
                "not a library, but longer than the header of one would be by far ..."
                        .getBytes(StandardCharsets.US_ASCII);
        assertThatIOException()
                .isThrownBy(() -> GlibcSymbolVersion.lower(text))
                .withMessage("Not a 64-bit little-endian ELF file");
    }

    /** Whatever is flipped, the answer is a file or an IOException, and it comes. */
    @Test
    void lower_flippedBits_neverFailsOtherwise() throws Exception {
        byte[] good = library("__isoc23_strtol", "GLIBC_2.2.5");
        Random random = new Random(20260901);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                GlibcSymbolVersion.lower(bad);
            } catch (IOException expected) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    /** The real file, where it was fetched already. */
    @Test
    void lower_pgvector_needsNothingOfGlibc238() throws Exception {
        Path deb =
                PlatformCache.fromEnvironment()
                        .directory()
                        .resolve("downloads")
                        .resolve(PgvectorInstaller.PACKAGE);
        if (!Files.exists(deb)) {
            System.out.println("NOT TESTED: the edit of the real vector.so, " + deb + " is absent");
            return;
        }
        byte[] library =
                DebianPackage.read(Files.readAllBytes(deb), name -> name.endsWith("/vector.so"))
                        .values()
                        .iterator()
                        .next();
        byte[] lowered = GlibcSymbolVersion.lower(library);
        assertThat(lowered).hasSameSizeAs(library);
        assertThat(differences(library, lowered)).isEqualTo(3);
        assertThat(GlibcSymbolVersion.lower(lowered)).isEqualTo(lowered);
    }

    private static int differences(byte[] one, byte[] other) {
        int count = 0;
        for (int i = 0; i < one.length; i++) {
            count += one[i] == other[i] ? 0 : 1;
        }
        return count;
    }

    /**
     * The smallest library that has what the edit looks at: a symbol of GLIBC_2.38 (version index
     * 3) and one of the old version (index 2), as section headers, symbols, versions and needs.
     */
    private static byte[] library(String symbol, String oldVersion) {
        ByteBuffer file = ByteBuffer.allocate(0x1000).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1);
        file.putLong(40, HEADERS).putShort(58, (short) 64).putShort(60, (short) 5);

        String names = "\0" + symbol + "\0malloc\0GLIBC_2.38\0" + oldVersion + "\0";
        file.put(NAMES, names.getBytes(StandardCharsets.US_ASCII));
        file.putInt(SYMBOLS + 24, 1);
        file.putInt(SYMBOLS + 48, names.indexOf("malloc"));
        file.putShort(VERSIONS + 2, (short) 3).putShort(VERSIONS + 4, (short) 2);

        // One needed library with two versions; offsets are relative to their own entry.
        file.putShort(NEEDS, (short) 1).putShort(NEEDS + 2, (short) 2).putInt(NEEDS + 8, 16);
        file.putShort(NEEDS + 16 + 6, (short) 3)
                .putInt(NEEDS + 16 + 8, names.indexOf("GLIBC_2.38"))
                .putInt(NEEDS + 16 + 12, 16);
        file.putShort(NEEDS + 32 + 6, (short) 2)
                .putInt(NEEDS + 32 + 8, names.lastIndexOf(oldVersion));

        section(file, 1, 11, SYMBOLS, 72, 2);
        section(file, 2, 3, NAMES, names.length(), 0);
        section(file, 3, 0x6fffffff, VERSIONS, 6, 1);
        section(file, 4, 0x6ffffffe, NEEDS, 48, 2);
        return file.array();
    }

    private static void section(
            ByteBuffer file, int index, int type, int offset, int bytes, int link) {
        int header = HEADERS + 64 * index;
        file.putInt(header + 4, type)
                .putLong(header + 24, offset)
                .putLong(header + 32, bytes)
                .putInt(header + 40, link);
    }
}
