package dev.vitrine.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeRowsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 384})
    void everyRow_startsOnACacheLineAndIsZero(int dimensions) {
        NativeRows rows = NativeRows.allocate(dimensions, 3);
        for (int r = 0; r < 3; r++) {
            assertThat(rows.row(r).address() % NativeRows.ALIGNMENT_BYTES).isZero();
            assertThat(rows.row(r).byteSize()).isEqualTo(dimensions * 4L);
            float[] components = new float[dimensions];
            rows.get(r, components);
            assertThat(components).containsOnly(0f);
        }
    }

    @Test
    void copy_isIndependent() {
        NativeRows rows = NativeRows.allocate(2, 2);
        rows.set(1, new float[] {1f, 2f});
        NativeRows copy = rows.copy();
        rows.set(1, new float[] {3f, 4f});
        assertThat(copy.row(1).toArray(ValueLayout.JAVA_FLOAT)).containsExactly(1f, 2f);
    }

    @Test
    void row_isReadOnly() {
        assertThat(NativeRows.allocate(2, 1).row(0).isReadOnly()).isTrue();
    }

    @Test
    void badArguments_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> NativeRows.allocate(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> NativeRows.allocate(16_385, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> NativeRows.allocate(1, 0));
        NativeRows rows = NativeRows.allocate(2, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> rows.set(2, new float[2]));
        assertThatIllegalArgumentException().isThrownBy(() -> rows.set(0, new float[3]));
        assertThatIllegalArgumentException().isThrownBy(() -> rows.get(-1, new float[2]));
        assertThatIllegalArgumentException().isThrownBy(() -> rows.row(2));
    }
}
