package dev.vitrine.recommender.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Random;
import java.util.SequencedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentIdsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64, 4_096})
    void add_idsThatComeAgain_areKnownAsLongAsThereIsRoom(int max) {
        RecentIds ids = new RecentIds(24L * max);
        SequencedSet<String> expected = new LinkedHashSet<>();
        Random random = new Random(max);
        for (int i = 0; i < 20 * max + 100; i++) {
            String id = "e" + random.nextInt(2 * max + 1);
            assertThat(ids.add("t", id)).as("%s, the %d.", id, i).isEqualTo(expected.add(id));
            if (expected.size() > max) {
                expected.removeFirst();
            }
        }
        assertThat(ids.bytesMax()).isEqualTo(24L * max);
    }

    @Test
    void add_sameIdOfAnotherTenant_isNew() {
        RecentIds ids = new RecentIds(1_000);
        assertThat(ids.add("one", "e")).isTrue();
        assertThat(ids.add("other", "e")).isTrue();
        assertThat(ids.add("one", "e")).isFalse();
    }

    @Test
    void bytesMax_anyRoom_isNotExceeded() {
        assertThat(new RecentIds(1_000).bytesMax()).isEqualTo(32 * 24);
        assertThat(new RecentIds(10).bytesMax()).isEqualTo(24);
    }
}
