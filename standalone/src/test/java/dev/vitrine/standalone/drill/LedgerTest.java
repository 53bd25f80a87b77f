package dev.vitrine.standalone.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Content FIRST = new Content(1, 1, "lamp", 10);
    private static final Content SECOND = new Content(2, 1, "lamp", 20);

    private final Ledger ledger = new Ledger(List.of("a"));
    private final Random random = new Random(7);

    @Test
    void claim_ofAClaimedProduct_getsNothing() {
        assertThat(ledger.claim(1, random)).containsEntry("a", Content.ABSENT);
        assertThat(ledger.claim(1, random)).isEmpty();
        ledger.untouched("a");
        assertThat(ledger.claim(1, random)).hasSize(1);
    }

    @Test
    void acknowledged_onlyTheLastStateIsAllowed() {
        ledger.claim(1, random);
        ledger.acknowledged("a", FIRST);
        ledger.claim(1, random);
        ledger.acknowledged("a", SECOND);

        Ledger.Expectation expected = expectation();
        assertThat(expected.allows(SECOND)).isTrue();
        assertThat(expected.allows(FIRST)).isFalse();
        assertThat(expected.allows(Content.ABSENT)).isFalse();
    }

    @Test
    void unknown_bothStatesAreAllowedAndTheProductRestsUntilSettled() {
        ledger.claim(1, random);
        ledger.acknowledged("a", FIRST);
        ledger.claim(1, random);
        ledger.unknown("a", SECOND);

        assertThat(expectation().allows(FIRST)).isTrue();
        assertThat(expectation().allows(SECOND)).isTrue();
        assertThat(expectation().allows(Content.ABSENT)).isFalse();
        assertThat(ledger.claim(1, random)).isEmpty();
        assertThat(ledger.touched()).containsExactly("a");

        ledger.settle(Map.of("a", SECOND));
        assertThat(expectation().allows(FIRST)).isFalse();
        assertThat(ledger.touched()).isEmpty();
        assertThat(ledger.claim(1, random)).containsEntry("a", SECOND);
    }

    private Ledger.Expectation expectation() {
        return ledger.expectations().values().iterator().next();
    }
}
