package dev.vitrine.index.command;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.index.catalog.WriteCommand;
import dev.vitrine.index.catalog.WriteOutcome;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * Takes batches of records: decodes, writes one transaction a topic and catalogue, and sets aside
 * what cannot be used. Offsets are committed after that, so a crash brings the batch again, of
 * which nothing is news. While the database is away the batch comes again until it is back.
 */
final class CommandIntake implements BatchMessageListener<String, byte[]> {

    private static final Logger log = LoggerFactory.getLogger(CommandIntake.class);

    private final CommandDecoder decoder;
    private final CommandApplier applier;
    private final DeadLetters deadLetters;
    private final Map<String, CommandProperties.Source> sources = new LinkedHashMap<>();
    private final MeterRegistry meters;

    CommandIntake(
            CommandDecoder decoder,
            CommandApplier applier,
            DeadLetters deadLetters,
            List<CommandProperties.Source> sources,
            MeterRegistry meters) {
        this.decoder = decoder;
        this.applier = applier;
        this.deadLetters = deadLetters;
        sources.forEach(source -> this.sources.put(source.topic(), source));
        this.meters = meters;
    }

    /** What one transaction takes. */
    private record Target(String topic, CatalogRef catalog) {}

    /** A command and the record that it came by. */
    private record Item(ConsumerRecord<String, byte[]> record, CatalogCommand command) {}

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> records) {
        Map<Target, List<Item>> targets = new LinkedHashMap<>();
        Map<ConsumerRecord<String, byte[]>, String> letters = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            CommandProperties.Source source = sources.get(record.topic());
            if (source == null) {
                throw new IllegalStateException("nobody asked for topic " + record.topic());
            }
            try {
                CatalogCommand command = decoder.decode(record, source);
                targets.computeIfAbsent(
                                new Target(record.topic(), command.catalog()),
                                target -> new ArrayList<>())
                        .add(new Item(record, command));
            } catch (UnusableRecordException e) {
                letters.put(record, e.reason());
            }
        }
        targets.forEach((target, items) -> apply(target, items, letters));
        // Last, so that a batch that comes again has not set the same records aside before.
        deadLetters.publish(letters);
        meters.counter("index.commands", "result", "dead").increment(letters.size());
    }

    private void apply(
            Target target, List<Item> items, Map<ConsumerRecord<String, byte[]>, String> letters) {
        List<@Nullable WriteOutcome> outcomes;
        try {
            outcomes =
                    applier.apply(
                            target.catalog(),
                            target.topic(),
                            items.stream().map(Item::command).toList());
        } catch (ProblemException e) {
            if (e.code().status() >= CommonErrors.UNAVAILABLE.status()
                    || e.code().equals(CommonErrors.CONFLICT)) {
                throw e;
            }
            // The whole catalogue, for instance: it does not exist.
            String reason = CommandDecoder.reason(e, Map.of());
            items.forEach(item -> letters.put(item.record(), reason));
            return;
        } catch (RuntimeException e) {
            if (items.size() == 1) {
                log.error("{} cannot be written", items.getFirst().record().key(), e);
                letters.put(items.getFirst().record(), "see the log of index-service: " + e);
                return;
            }
            log.warn("a batch is written record by record: {}", e.toString());
            items.forEach(item -> apply(target, List.of(item), letters));
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            switch (outcomes.get(i)) {
                case null -> count("stale");
                case WriteOutcome.Accepted accepted ->
                        count(accepted.result().status().name().toLowerCase(Locale.ROOT));
                case WriteOutcome.Refused refused ->
                        letters.put(
                                item.record(),
                                CommandDecoder.reason(
                                        refused.problem(), document(item.command().write())));
            }
        }
    }

    private static Map<String, Object> document(WriteCommand write) {
        return switch (write) {
            case WriteCommand.Put put -> put.document();
            case WriteCommand.Merge merge -> merge.patch();
            case WriteCommand.Delete delete -> Map.of();
        };
    }

    private void count(String result) {
        meters.counter("index.commands", "result", result).increment();
    }
}
