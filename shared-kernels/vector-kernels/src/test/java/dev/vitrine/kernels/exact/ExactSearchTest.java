package dev.vitrine.kernels.exact;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExactSearchTest {

    @Test
    void filter_isAskedOnceAPageWithRows() {
        FloatRows rows = new FloatRows(4, 10_000);
        rows.put(5, new float[4]);
        rows.put(6, new float[4]);
        rows.put(64 * 9 + 1, new float[4]);
        List<Integer> asked = new ArrayList<>();
        RowFilter filter =
                index -> {
                    asked.add(index);
                    return index == 0 ? 1L << 6 : 0L;
                };
        RowMatches matches = new ExactSearch(rows.publish()).topK(new float[4], 10, filter);
        assertThat(matches.ordinals()).containsExactly(6);
        assertThat(asked).containsExactly(0, 9);
    }

    @Test
    void topK_muchLargerThanTheRows_costsNoMoreMemory() {
        FloatRows rows = new FloatRows(4, 10_000);
        rows.put(5, new float[4]);
        RowMatches matches =
                new ExactSearch(rows.publish())
                        .topK(new float[4], Integer.MAX_VALUE, RowFilter.ALL);
        assertThat(matches.size()).isEqualTo(1);
    }

    @Test
    void topK_onceCompiled_allocatesOnlyItsResult() {
        FloatRows rows = new FloatRows(16, 10_000);
        for (int ordinal = 0; ordinal < 5_000; ordinal++) {
            rows.put(ordinal, new float[16]);
        }
        ExactSearch search = new ExactSearch(rows.publish());
        float[] query = new float[16];
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long allocated = Long.MAX_VALUE;
        // One page of scratch arrays, the heap and the result are about 1 KB, whatever the rows.
        for (int attempt = 0; attempt < 3_000 && allocated > 1_500; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            RowMatches matches = search.topK(query, 10, RowFilter.ALL);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(matches.size()).isEqualTo(10);
        }
        assertThat(allocated).isLessThanOrEqualTo(1_500);
    }
}
