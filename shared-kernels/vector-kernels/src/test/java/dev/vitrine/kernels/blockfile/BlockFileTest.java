package dev.vitrine.kernels.blockfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockFileTest {

    private static final int BLOCKS = 3;

    @TempDir Path folder;

    private Path written() throws IOException {
        Path path = folder.resolve("rows");
        try (BlockFileWriter out = new BlockFileWriter(path)) {
            out.section("odd", 70);
            for (int b = 0; b < BLOCKS; b++) {
                byte[] content = content(70, b);
                out.block(block -> block.put(content));
            }
            out.section("none", 8);
            out.section("even", 128);
            out.block(block -> block.put(content(128, 9)));
            out.finish(5, 1L << 40);
        }
        return path;
    }

    private static byte[] content(int length, int seed) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (i * 31 + seed * 17 + 1);
        }
        return content;
    }

    private static void readAll(BlockFile file) {
        for (int b = 0; b < BLOCKS; b++) {
            assertThat(file.section("odd", 70, BLOCKS).block(b).toArray(ValueLayout.JAVA_BYTE))
                    .isEqualTo(content(70, b));
        }
        assertThat(file.section("even").block(0).toArray(ValueLayout.JAVA_BYTE))
                .isEqualTo(content(128, 9));
    }

    @Test
    void open_givesWhatWasWritten_onBoundariesOf64() throws IOException {
        BlockFile file = BlockFile.open(written());
        assertThat(file.dimensions()).isEqualTo(5);
        assertThat(file.rows()).isEqualTo(1L << 40);
        assertThat(file.has("none")).isTrue();
        assertThat(file.has("other")).isFalse();
        readAll(file);
        for (int b = 0; b < BLOCKS; b++) {
            assertThat(file.section("odd").block(b).address() % 64).isZero();
            assertThat(file.section("odd").block(b).isReadOnly()).isTrue();
        }
    }

    @Test
    void section_otherThanExpected_isRefused() throws IOException {
        Path path = written();
        BlockFile file = BlockFile.open(path);
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> file.section("other"))
                .withMessageContainingAll(path.toString(), "no section other");
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> file.section("odd", 70, 4))
                .withMessageContaining("3 blocks of 70 bytes instead of 4 of 70");
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> file.section("odd", 71, BLOCKS));
    }

    @Test
    void anyBitTurned_isRefused() throws IOException {
        Path path = written();
        byte[] bytes = Files.readAllBytes(path);
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= (byte) (1 << i % 8);
            assertRefused(damaged, "");
        }
    }

    @Test
    void anyLengthBelowTheWhole_isRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(written());
        for (int length = 0; length < bytes.length; length++) {
            assertRefused(Arrays.copyOf(bytes, length), "bytes");
        }
        assertRefused(Arrays.copyOf(bytes, bytes.length + 1), "bytes");
    }

    @Test
    void newerFormat_isRefusedAsSuch() throws IOException {
        byte[] bytes = Files.readAllBytes(written());
        ByteBuffer header = ByteBuffer.wrap(bytes, 0, 64).order(ByteOrder.nativeOrder());
        header.putInt(8, FileHeader.FORMAT + 1);
        header.putInt(60, FileHeader.crc(header.slice(0, 60)));
        assertRefused(bytes, "it has format 5, this version reads 4");
    }

    private void assertRefused(byte[] bytes, String reason) throws IOException {
        Path path = folder.resolve("damaged");
        Files.write(path, bytes);
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> readAll(BlockFile.open(path)))
                .withMessageContainingAll(path.toString(), reason);
        // Never written in place: the old mapping may still be there.
        Files.delete(path);
    }

    private void assertAloneAndStill(Path path, byte[] before) throws IOException {
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void failureWhileWriting_leavesWhatWasThere() throws IOException {
        Path path = written();
        byte[] before = Files.readAllBytes(path);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    try (BlockFileWriter out = new BlockFileWriter(path)) {
                        out.section("odd", 70);
                        out.block(block -> block.put(content(70, 1)));
                        out.block(block -> block.put(content(69, 1)));
                    }
                })
                .withMessageContaining("69 bytes for a block of 70");
        assertAloneAndStill(path, before);
    }

    @Test
    void fullDisk_leavesWhatWasThere_andNothingElse() throws Exception {
        Path path = written();
        byte[] before = Files.readAllBytes(path);
        assertThat(WritingProcess.withoutSpace(path)).isEqualTo(WritingProcess.NO_SPACE);
        assertAloneAndStill(path, before);
    }

    @Test
    void deathWhileWriting_leavesWhatWasThere_andTheNextFileReplacesBoth() throws Exception {
        Path path = written();
        byte[] before = Files.readAllBytes(path);
        assertThat(WritingProcess.thatDies(path)).isEqualTo(WritingProcess.DIED);
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
        readAll(BlockFile.open(written()));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void replacedAndDeleted_blocksThatAreHeldStay() throws IOException {
        Path path = written();
        BlockFile before = BlockFile.open(path);
        try (BlockFileWriter out = new BlockFileWriter(path)) {
            out.section("even", 128);
            out.block(block -> block.put(content(128, 1)));
            out.finish(5, 1);
        }
        assertThat(BlockFile.open(path).rows()).isEqualTo(1);
        Files.delete(path);
        readAll(before);
    }
}
