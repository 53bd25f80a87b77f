package dev.vitrine.benchmarks.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFileTest {

    @TempDir private Path folder = Path.of("");

    private Path write(String name, boolean header, float[]... rows) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1_000).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            if (header) {
                bytes.putInt(row.length);
            }
            for (float component : row) {
                bytes.putFloat(component);
            }
        }
        bytes.flip();
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        return Files.write(folder.resolve(name), content);
    }

    @Test
    void readsRowsWithoutAHeader() throws IOException {
        Path file = write("a.f32", false, new float[] {1, 2}, new float[] {3, 4});
        try (RowFile rows = RowFile.open(file, 2, 10)) {
            assertThat(rows.count()).isEqualTo(2);
            assertThat(rows.row(1)).containsExactly(3, 4);
            assertThatThrownBy(() -> rows.row(2)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void readsFvecs() throws IOException {
        Path file = write("a.fvecs", true, new float[] {1, 2, 3}, new float[] {4, 5, 6});
        try (RowFile rows = RowFile.open(file, 3, 10)) {
            assertThat(rows.rows())
                    .isDeepEqualTo(new float[][] {new float[] {1, 2, 3}, new float[] {4, 5, 6}});
        }
    }

    @Test
    void takesTheFirstRowsOnly() throws IOException {
        Path file = write("a.f32", false, new float[] {1, 2}, new float[] {3, 4});
        try (RowFile rows = RowFile.open(file, 2, 1)) {
            assertThat(rows.count()).isEqualTo(1);
        }
    }

    @Test
    void refusesOtherDimensions() throws IOException {
        Path plain = write("a.f32", false, new float[] {1, 2, 3});
        Path fvecs = write("a.fvecs", true, new float[] {1, 2, 3});
        assertThatIOException().isThrownBy(() -> RowFile.open(plain, 2, 10));
        assertThatIOException().isThrownBy(() -> RowFile.open(fvecs, 2, 10));
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        Path file = write("a.f32", false);
        assertThatIOException().isThrownBy(() -> RowFile.open(file, 2, 10));
    }
}
