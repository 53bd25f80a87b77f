package dev.vitrine.kernels.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FloatRowsTest {

    private final FloatRows rows = new FloatRows(2, 1_000);

    @Test
    void append_toAPublishedPage_copiesNothing() {
        rows.put(0, new float[] {1f, 1f});
        FloatRowsView before = rows.publish();
        rows.put(1, new float[] {2f, 2f});
        FloatRowsView after = rows.publish();
        assertThat(address(after, 0)).isEqualTo(address(before, 0));
        assertThat(before.contains(1)).isFalse();
        assertThat(values(after, 1)).containsExactly(2f, 2f);
    }

    @Test
    void overwrite_ofAPublishedRow_copiesThePageOncePerPublication() {
        rows.put(0, new float[] {1f, 1f});
        rows.put(1, new float[] {2f, 2f});
        FloatRowsView before = rows.publish();
        rows.put(0, new float[] {3f, 3f});
        rows.put(1, new float[] {4f, 4f});
        rows.put(0, new float[] {5f, 5f});
        FloatRowsView after = rows.publish();
        assertThat(values(before, 0)).containsExactly(1f, 1f);
        assertThat(values(before, 1)).containsExactly(2f, 2f);
        assertThat(values(after, 0)).containsExactly(5f, 5f);
        assertThat(values(after, 1)).containsExactly(4f, 4f);
        assertThat(address(after, 0)).isNotEqualTo(address(before, 0));
        assertThat(address(after, 1) - address(after, 0)).isEqualTo(64);
    }

    @Test
    void freedOrdinal_usedAgainWhileAnOldViewShowsIt_leavesTheOldRowAlone() {
        rows.put(7, new float[] {1f, 1f});
        rows.put(8, new float[] {1f, 1f});
        FloatRowsView old = rows.publish();
        rows.remove(7);
        rows.publish();
        rows.put(7, new float[] {2f, 2f});
        FloatRowsView reused = rows.publish();
        assertThat(values(old, 7)).containsExactly(1f, 1f);
        assertThat(values(reused, 7)).containsExactly(2f, 2f);
    }

    /** As where every other product has no text, or a large catalogue has shrunk. */
    @Test
    void sample_isSpreadOverRows_whateverGapsThereAre() {
        for (int i = 0; i < 100; i++) {
            rows.put(i < 90 ? i : 9 * i + 1, new float[] {i, 0f});
        }
        FloatRowsView view = rows.publish();
        int[] sample = view.sample(10);
        assertThat(sample).hasSize(10).isSorted();
        for (int s = 0; s < 10; s++) {
            assertThat(values(view, sample[s])[0]).isEqualTo(10f * s);
        }
        assertThat(view.sample(1_000)).hasSize(100).isSorted().doesNotHaveDuplicates();
        assertThat(new FloatRows(2, 10).publish().sample(10)).isEmpty();
    }

    @Test
    void lastRowOfAPageRemoved_dropsThePageFromLaterViewsOnly() {
        rows.put(3, new float[] {1f, 1f});
        rows.put(500, new float[] {1f, 1f});
        FloatRowsView old = rows.publish();
        rows.remove(500);
        FloatRowsView shorter = rows.publish();
        assertThat(shorter.pages().pageCount()).isEqualTo(1);
        assertThat(shorter.ordinalLimit()).isEqualTo(4);
        assertThat(shorter.row(500)).isNull();
        assertThat(values(old, 500)).containsExactly(1f, 1f);
        rows.put(500, new float[] {2f, 2f});
        assertThat(values(old, 500)).containsExactly(1f, 1f);
    }

    @Test
    void publish_withoutChange_givesTheSameView() {
        rows.put(1, new float[2]);
        assertThat(rows.publish()).isSameAs(rows.publish()).isSameAs(rows.current());
    }

    @Test
    void ordinalOverTheLimit_isRefused() {
        rows.put(999, new float[2]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows.put(1_000, new float[2]))
                .withMessage("ordinal 1000 is outside 0 to 999");
        assertThatIllegalArgumentException().isThrownBy(() -> new FloatRows(2, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new FloatRows(0, 1));
    }

    private static long address(FloatRowsView view, int ordinal) {
        return segment(view, ordinal).address();
    }

    private static float[] values(FloatRowsView view, int ordinal) {
        return segment(view, ordinal).toArray(ValueLayout.JAVA_FLOAT);
    }

    private static MemorySegment segment(FloatRowsView view, int ordinal) {
        return Objects.requireNonNull(view.row(ordinal));
    }
}
