package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.kernels.exact.FloatRows;
import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.vector.SignBlock;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows of clusters come and go; each view shows its moment. */
class ClusterRowsTest {

    private static final int DIMENSIONS = 64;
    private static final int ROWS = 3_000;

    private final ShopVectors shop = new ShopVectors(DIMENSIONS, 20, 2);
    private final Map<Integer, float[]> model = new TreeMap<>();
    private final FloatRows floats = new FloatRows(DIMENSIONS, ROWS);

    private ClusterRows filled() {
        for (int i = 0; i < ROWS; i++) {
            float[] row = shop.row();
            floats.put(i, row);
            model.put(i, row);
        }
        encoder = SignEncoder.learn(floats.publish());
        ClusterRows rows = new ClusterRows(encoder, floats);
        rows.fill(floats.current());
        return rows;
    }

    private SignEncoder encoder = SignEncoder.learn(floats.publish());

    private void put(ClusterRows rows, int ordinal, float[] row) {
        rows.prepare(row);
        floats.put(ordinal, row);
        rows.put(ordinal);
        model.put(ordinal, row);
    }

    private void remove(ClusterRows rows, int ordinal) {
        floats.remove(ordinal);
        rows.remove(ordinal);
        model.remove(ordinal);
    }

    @Test
    void fill_makesClustersThatAreTighterThanAll() {
        ClusterView view = filled().publish();
        assertShows(model, view);
        double tightest = radius(IntStream.range(0, ROWS).toArray());
        for (int c = 0; c < view.count(); c++) {
            if (Long.bitCount(view.presence()[c]) > 8) {
                assertThat((double) view.radii()[c]).isLessThan(tightest);
            }
        }
    }

    @Test
    void rowsComeAndGo_everyViewShowsItsMoment_andEmptyClustersAreFreed() {
        Random random = new Random(2);
        ClusterRows rows = filled();
        ClusterView old = rows.publish();
        Map<Integer, float[]> oldModel = new TreeMap<>(model);
        int most = 0;
        for (int round = 0; round < 20; round++) {
            for (int change = 0; change < ROWS / 4; change++) {
                int ordinal = random.nextInt(ROWS);
                if (random.nextInt(3) == 0) {
                    remove(rows, ordinal);
                } else {
                    put(rows, ordinal, shop.row());
                }
            }
            ClusterView view = rows.publish();
            assertShows(model, view);
            assertShows(oldModel, old);
            old = view;
            oldModel = new TreeMap<>(model);
            most = Math.max(most, view.count());
        }
        // With half of the places in use, about.
        assertThat(most).isLessThan(4 * ROWS / SignBlock.ROWS);
        for (int i = 0; i < ROWS; i++) {
            remove(rows, i);
        }
        assertThat(rows.publish().count()).isZero();
        assertShows(oldModel, old);
    }

    @Test
    void emptyStorage_takesRowsOneByOne_andHalvesWhatIsFull() {
        ClusterRows rows = new ClusterRows(encoder, floats);
        for (int i = 0; i < 500; i++) {
            put(rows, i, shop.row());
        }
        ClusterView view = rows.publish();
        assertShows(model, view);
        assertThat(view.count()).isBetween(500 / SignBlock.ROWS, 500 / (SignBlock.ROWS / 4));
    }

    @Test
    void equalRows_fillClusterAfterCluster() {
        ClusterRows rows = new ClusterRows(encoder, floats);
        float[] row = shop.row();
        for (int i = 0; i < 300; i++) {
            put(rows, i, row);
        }
        assertShows(model, rows.publish());
    }

    /**
     * Two heaps: what is left of the one once it is halved is farther than the other, also full.
     */
    @Test
    void halves_thatLieFarther_leaveTheRowToAnotherFullCluster() {
        for (int i = 0; i < 2 * SignBlock.ROWS; i++) {
            float[] row = i % 2 == 0 ? row(10, 0) : row(0, i % 4 == 1 ? 4 : -4);
            floats.put(i, row);
            model.put(i, row);
        }
        encoder = SignEncoder.learn(floats.publish());
        ClusterRows rows = new ClusterRows(encoder, floats);
        rows.fill(floats.current());
        assertThat(rows.publish().presence()).containsExactly(-1L, -1L);
        int last = 2 * SignBlock.ROWS;
        put(rows, last, row(4.7f, 0));
        assertShows(model, rows.publish());
    }

    private static float[] row(float x, float y) {
        float[] row = new float[DIMENSIONS];
        row[0] = x;
        row[1] = y;
        return row;
    }

    @Test
    void holdOnce_isWhetherRowsAreTheSame() {
        ClusterRows rows = filled();
        assertThat(rows.holdOnce(floats.publish())).isTrue();
        floats.remove(7);
        assertThat(rows.holdOnce(floats.publish())).isFalse();
        rows.remove(7);
        assertThat(rows.holdOnce(floats.publish())).isTrue();
        put(rows, 7, shop.row());
        rows.remove(8);
        assertThat(rows.holdOnce(floats.publish())).isFalse();
    }

    @Test
    void changesDuringFill_win() {
        filled();
        ClusterRows rows = new ClusterRows(encoder, floats);
        var before = floats.publish();
        for (int i = 0; i < ROWS; i += 3) {
            put(rows, i, shop.row());
        }
        for (int i = 1; i < ROWS; i += 3) {
            remove(rows, i);
        }
        rows.fill(before);
        assertShows(model, rows.publish());
    }

    private double radius(int[] ordinals) {
        double[] mean = new double[DIMENSIONS];
        double squares = 0;
        for (int ordinal : ordinals) {
            float[] row = Objects.requireNonNull(model.get(ordinal));
            for (int i = 0; i < DIMENSIONS; i++) {
                mean[i] += (double) row[i] / ordinals.length;
            }
            squares += Rounding.squares(row) / ordinals.length;
        }
        for (double component : mean) {
            squares -= component * component;
        }
        return Math.sqrt(squares);
    }

    /** All rows of a model once each, with codes of what the centroid leaves of them. */
    private void assertShows(Map<Integer, float[]> expected, ClusterView view) {
        Map<Integer, float[]> left = new TreeMap<>(expected);
        float[] centroid = new float[DIMENSIONS];
        float[] rest = new float[DIMENSIONS];
        long[] code = new long[encoder.words()];
        long[] stored = new long[encoder.words()];
        for (int c = 0; c < view.count(); c++) {
            if (view.presence()[c] == 0) {
                continue;
            }
            CentroidPage page =
                    Objects.requireNonNull(view.centroids().page(c >> PagedRows.PAGE_SHIFT));
            page.code(c & PagedRows.SLOT_MASK).decode(centroid);
            for (long slots = view.presence()[c]; slots != 0; slots &= slots - 1) {
                int slot = Long.numberOfTrailingZeros(slots);
                long row = view.rows()[c][slot];
                float[] vector = left.remove(ClusterPage.ordinal(row));
                assertThat(vector).isNotNull();
                encoder.turn(Objects.requireNonNull(vector), rest);
                for (int i = 0; i < rest.length; i++) {
                    rest[i] -= centroid[i];
                }
                SignEncoder.signs(rest, code);
                view.codes().block(c).get(slot, stored);
                assertThat(stored).isEqualTo(code);
                assertThat(ClusterPage.factor(row))
                        .isCloseTo(SignEncoder.factor(rest), within(1e-6f));
            }
        }
        assertThat(left).isEmpty();
    }
}
