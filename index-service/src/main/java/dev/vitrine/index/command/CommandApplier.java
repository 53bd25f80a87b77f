package dev.vitrine.index.command;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.index.catalog.CatalogWriter;
import dev.vitrine.index.catalog.WriteCommand;
import dev.vitrine.index.catalog.WriteOutcome;
import dev.vitrine.index.outbox.OutboxRelay;
import dev.vitrine.index.transaction.Transactions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes commands of one topic and one catalogue, and remembers their positions in the same
 * transaction. Thread-safe.
 */
final class CommandApplier {

    private final CatalogWriter writer;
    private final CommandPositions positions;
    private final Transactions transactions;
    private final OutboxRelay relay;

    CommandApplier(
            CatalogWriter writer,
            CommandPositions positions,
            Transactions transactions,
            OutboxRelay relay) {
        this.writer = writer;
        this.positions = positions;
        this.transactions = transactions;
        this.relay = relay;
    }

    /**
     * Applies commands in their order.
     *
     * @return what became of each; null for one that is no news
     */
    List<@Nullable WriteOutcome> apply(
            CatalogRef catalog, String topic, List<CatalogCommand> commands) {
        List<@Nullable WriteOutcome> outcomes =
                transactions.run(() -> decide(catalog, topic, commands));
        // The writer woke it before the commit.
        relay.wake();
        return outcomes;
    }

    private List<@Nullable WriteOutcome> decide(
            CatalogRef catalog, String topic, List<CatalogCommand> commands) {
        Map<String, SourcePosition> known =
                positions.lock(
                        catalog,
                        topic,
                        commands.stream()
                                .map(command -> command.write().id())
                                .collect(Collectors.toCollection(TreeSet::new)));
        Map<String, SourcePosition> present = new HashMap<>(known);
        List<WriteCommand> news = new ArrayList<>();
        boolean[] isNews = new boolean[commands.size()];
        for (int i = 0; i < commands.size(); i++) {
            CatalogCommand command = commands.get(i);
            String id = command.write().id();
            SourcePosition last = present.get(id);
            if (last == null || command.position().isNewsAfter(last)) {
                isNews[i] = true;
                news.add(command.write());
                present.put(id, last == null ? command.position() : command.position().after(last));
            }
        }
        List<WriteOutcome> written = news.isEmpty() ? List.of() : writer.write(catalog, news);
        return remember(catalog, topic, commands, known, isNews, written);
    }

    /**
     * A refused command is not remembered, nor what follows it for the same product: until it is a
     * dead letter it has to come again, and it would be no news after them.
     */
    private List<@Nullable WriteOutcome> remember(
            CatalogRef catalog,
            String topic,
            List<CatalogCommand> commands,
            Map<String, SourcePosition> known,
            boolean[] isNews,
            List<WriteOutcome> written) {
        Map<String, SourcePosition> accepted = new HashMap<>();
        Set<String> refused = new HashSet<>();
        List<@Nullable WriteOutcome> outcomes = new ArrayList<>(commands.size());
        int next = 0;
        for (int i = 0; i < commands.size(); i++) {
            WriteOutcome outcome = isNews[i] ? written.get(next++) : null;
            outcomes.add(outcome);
            CatalogCommand command = commands.get(i);
            String id = command.write().id();
            if (outcome instanceof WriteOutcome.Refused) {
                refused.add(id);
            }
            if (outcome instanceof WriteOutcome.Accepted && !refused.contains(id)) {
                SourcePosition last = accepted.getOrDefault(id, known.get(id));
                accepted.put(
                        id, last == null ? command.position() : command.position().after(last));
            }
        }
        positions.save(catalog, topic, accepted);
        return outcomes;
    }
}
