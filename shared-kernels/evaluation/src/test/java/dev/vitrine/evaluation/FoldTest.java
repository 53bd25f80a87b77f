package dev.vitrine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldTest {

    private final List<String> queries =
            IntStream.range(0, 23).mapToObj(i -> "query " + i).toList();

    @Test
    void split_everyQueryIsTestedOnceAndNeverTrainedOnThen() {
        List<Fold> folds = Fold.split(queries, 5, 7);
        Set<String> tested = new HashSet<>();
        for (Fold fold : folds) {
            assertThat(fold.test()).hasSizeBetween(4, 5);
            assertThat(Collections.disjoint(fold.test(), tested)).isTrue();
            assertThat(fold.train())
                    .hasSize(23 - fold.test().size())
                    .doesNotContainAnyElementsOf(fold.test());
            tested.addAll(fold.test());
        }
        assertThat(tested).containsExactlyInAnyOrderElementsOf(queries);
    }

    @Test
    void split_dependsOnSeedButNotOnOrder() {
        List<String> reversed = new ArrayList<>(queries);
        Collections.reverse(reversed);
        assertThat(Fold.split(reversed, 5, 7)).isEqualTo(Fold.split(queries, 5, 7));
        assertThat(Fold.split(queries, 5, 8)).isNotEqualTo(Fold.split(queries, 5, 7));
    }

    @Test
    void split_impossibleNumber_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fold.split(queries, 1, 7));
        assertThatIllegalArgumentException().isThrownBy(() -> Fold.split(queries, 24, 7));
    }
}
