package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.SignBlock;
import dev.vitrine.kernels.vector.SignBlocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways to the near rows find what the distances say. */
class NearRowsTest {

    private static final int WORDS = 3;
    private static final int PAGES = 40;
    private static final int DISTANCE_MAX = CodeMath.LARGE * WORDS * Long.SIZE;

    private final Random random = new Random(4);
    private final SignBlocks blocks;
    private final SignQuery query =
            new SignQuery(
                    random.longs(WORDS).toArray(), random.longs(WORDS).toArray(), 0.01f, 1, 1);

    NearRowsTest() {
        SignBlock[] pages = new SignBlock[PAGES];
        for (int p = 0; p < PAGES; p++) {
            pages[p] = SignBlock.allocate(WORDS);
            for (int r = 0; r < SignBlock.ROWS; r++) {
                pages[p].set(r, random.longs(WORDS).toArray());
            }
        }
        blocks = new SignBlocks(WORDS, pages, random.longs(PAGES).toArray());
    }

    private PassingRows passing(double share) {
        long[] words = new long[PAGES];
        int count = 0;
        // Some pages without any.
        for (int p = 1; p < PAGES; p += p % 7 == 0 ? 2 : 1) {
            for (int r = 0; r < SignBlock.ROWS; r++) {
                words[p] |= random.nextDouble() < share ? 1L << r : 0;
            }
            count += Long.bitCount(words[p]);
        }
        return new PassingRows(words, count);
    }

    private List<NearRows> both(PassingRows rows) {
        return List.of(
                new ListedRows(query, blocks, rows, DISTANCE_MAX),
                new ScannedRows(query, blocks, rows, DISTANCE_MAX));
    }

    private int distance(int ordinal) {
        long[] distances = new long[SignBlock.ROWS];
        SignBlock block = blocks.block(ordinal >> PagedRows.PAGE_SHIFT);
        CodeMath.distances(query.signs(), query.large(), block, distances);
        return (int) distances[ordinal & PagedRows.SLOT_MASK];
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, .5, .1, .01})
    void risingLimits_handEachRowOverOnce(double share) {
        PassingRows rows = passing(share);
        List<Integer> all = IntStream.range(0, 64 * PAGES).filter(rows::contains).boxed().toList();
        int middle = distance(all.get(all.size() / 2));
        for (NearRows near : both(rows)) {
            TreeSet<Integer> seen = new TreeSet<>();
            for (int limit : new int[] {-1, 0, middle - 9, middle, middle + 9, DISTANCE_MAX}) {
                near.forEachWithin(limit, ordinal -> assertThat(seen.add(ordinal)).isTrue());
                assertThat(seen)
                        .containsExactlyElementsOf(
                                all.stream().filter(row -> distance(row) <= limit).toList());
            }
        }
    }

    @Test
    void firstLimit_ofAList_isTheLeastThatHoldsSoMany() {
        PassingRows rows = passing(.1);
        int[] sorted =
                IntStream.range(0, 64 * PAGES)
                        .filter(rows::contains)
                        .map(this::distance)
                        .sorted()
                        .toArray();
        NearRows near = new ListedRows(query, blocks, rows, DISTANCE_MAX);
        for (int count : new int[] {1, 10, sorted.length}) {
            assertThat(near.firstLimit(count)).isEqualTo(sorted[count - 1]);
        }
        assertThat(near.firstLimit(sorted.length + 1)).isEqualTo(DISTANCE_MAX);
    }

    @Test
    void aList_isHandedOverByRisingDistance() {
        List<Integer> distances = new ArrayList<>();
        NearRows near = new ListedRows(query, blocks, passing(.1), DISTANCE_MAX);
        near.forEachWithin(DISTANCE_MAX, ordinal -> distances.add(distance(ordinal)));
        assertThat(distances).hasSizeGreaterThan(100).isSorted();
    }

    @Test
    void firstLimit_ofASample_holdsAboutSoMany() {
        PassingRows rows = passing(1);
        int[] within = new int[1];
        NearRows near = new ScannedRows(query, blocks, rows, DISTANCE_MAX);
        near.forEachWithin(near.firstLimit(500), ordinal -> within[0]++);
        assertThat(within[0]).isBetween(300, 800);
    }

    @Test
    void noRowPasses_handsNothingOver() {
        PassingRows none = new PassingRows(new long[PAGES], 0);
        for (NearRows near : both(none)) {
            near.forEachWithin(DISTANCE_MAX, ordinal -> assertThat(ordinal).isNegative());
        }
    }
}
