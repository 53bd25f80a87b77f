package dev.vitrine.standalone.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class ReplayedTest {

    @Test
    void commit_andBack_remembersExactlyWhatWasAdded() {
        RandomGenerator random = new java.util.Random(5);
        for (int round = 0; round < 200; round++) {
            Replayed replayed = Replayed.of(null);
            Set<Long> added = new TreeSet<>();
            for (int i = 0; i < 60; i++) {
                long offset = random.nextInt(100);
                replayed.add(offset);
                added.add(offset);
                if (random.nextInt(5) == 0) {
                    replayed = Replayed.of(replayed.toCommit());
                }
            }
            for (long offset = 0; offset < 101; offset++) {
                assertThat(replayed.contains(offset)).isEqualTo(added.contains(offset));
            }
        }
    }

    @Test
    void commit_isTheFirstThatIsLeft_andRangesAfterIt() {
        Replayed replayed = Replayed.of(null);
        for (long offset : new long[] {0, 1, 5, 6, 7, 9}) {
            replayed.add(offset);
        }
        assertThat(replayed.toCommit()).isEqualTo(new OffsetAndMetadata(2, "5-7,9"));
        // Retention took what was before 6.
        replayed.begin(6);
        assertThat(replayed.toCommit()).isEqualTo(new OffsetAndMetadata(8, "9"));
    }

    @Test
    void metadataOfSomebodyElse_isNotUnderstoodAndDoesNoHarm() {
        Replayed replayed = Replayed.of(new OffsetAndMetadata(3, "host-7,x,4"));
        assertThat(replayed.contains(4)).isTrue();
        assertThat(replayed.contains(7)).isFalse();
    }

    @Test
    void tooManySingleOnes_areRefused() {
        Replayed replayed = Replayed.of(null);
        for (int i = 0; i < Replayed.LONGEST; i++) {
            replayed.add(1 + 2L * i);
        }
        assertThatThrownBy(replayed::toCommit)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("--all");
    }
}
