package dev.vitrine.standalone.drill;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The matrix of a drill, for people and for programs.
 *
 * @param kind what was done to the parts
 * @param seed with the same one the same moments and the same writes are chosen
 * @param products size of the catalogue
 * @param rows one for each fault
 * @param brokenOff why the drill ended early; empty when it did not
 */
public record DrillReport(
        Kind kind, long seed, int products, long seconds, List<FaultRow> rows, String brokenOff) {

    /** What is done to the parts. */
    public enum Kind {
        /** {@code kill -9}; the launcher starts them again at once. */
        KILL("kill", "kills", "kill -9 of every part"),
        /** {@code kill -9}; they stay away for a time. */
        OUTAGE("outage", "outages", "Parts away for a time");

        private final String command;
        private final String plural;
        private final String title;

        Kind(String command, String plural, String title) {
            this.command = command;
            this.plural = plural;
            this.title = title;
        }
    }

    public DrillReport {
        rows = List.copyOf(rows);
    }

    /** True when no threshold was missed. */
    public boolean passed() {
        return brokenOff.isEmpty() && rows.stream().allMatch(FaultRow::passed);
    }

    /** What was missed, a line each. */
    public List<String> misses() {
        return rows.stream()
                .filter(row -> !row.passed())
                .map(row ->
                        "%s, moment %d: lost %d, duplicated %d, stale %d, resurrected %d, events lost %d, foreign %d, miscounted %d; %s %s"
                                .formatted(
                                        row.part().label(),
                                        row.moment(),
                                        row.findings().lost(),
                                        row.findings().duplicated(),
                                        row.findings().stale(),
                                        row.findings().resurrected(),
                                        row.events().lost(),
                                        row.events().foreign(),
                                        row.events().miscounted(),
                                        row.findings().examples(),
                                        row.against()))
                .toList();
    }

    public String toMarkdown() {
        StringBuilder text = new StringBuilder();
        text.append(
                """
                # %s

                Made by `./vitrine drill %s --seed %d`: %,d products, %d %s in %d s. A shop imports, changes prices, deletes, searches
                and sends events; a part ends after the time in the third column and is started again by the launcher after that in the fourth. Then every product is
                looked for in PostgreSQL, columns (filter, sort, fields, facet counts), text and vectors, and every acknowledged event in the log and, once, in what the recommender counted.
                The last column counts answers that the table "While a part is down" in `standalone/README.md` does not allow.

                Result: **%s**

                | part | moment | ended after ms | away s | recovered after s | writes acknowledged | outcome unknown | lost | duplicated | stale | resurrected | events acknowledged | events lost | twice in the log | miscounted | searches until recovery | writes until recovery | events until recovery | against the table |
                |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
                """
                        .formatted(
                                kind.title,
                                kind.command,
                                seed,
                                products,
                                rows.size(),
                                kind.plural,
                                seconds,
                                passed()
                                        ? "all thresholds held"
                                        : "thresholds missed. " + brokenOff));
        for (FaultRow row : rows) {
            text.append(
                    "| %s | %d | %d | %.1f | %.1f | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %s | %s | %s | %d |%n"
                            .formatted(
                                    row.part().label(),
                                    row.moment(),
                                    row.afterMillis(),
                                    row.awayMillis() / 1000.0,
                                    row.recoveredMillis() / 1000.0,
                                    row.acknowledged(),
                                    row.unknown(),
                                    row.findings().lost(),
                                    row.findings().duplicated(),
                                    row.findings().stale(),
                                    row.findings().resurrected(),
                                    row.events().acknowledged(),
                                    row.events().lost(),
                                    row.events().repeated(),
                                    row.events().miscounted(),
                                    counts(row.searches()),
                                    counts(row.writes()),
                                    counts(row.eventAnswers()),
                                    row.against().size()));
        }
        return text.toString();
    }

    private static String counts(Map<String, Integer> counts) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }

    public String toJson(JsonMapper json) {
        ObjectNode root = json.createObjectNode();
        root.put("seed", seed);
        root.put("products", products);
        root.put("seconds", seconds);
        root.put("passed", passed());
        root.put("brokenOff", brokenOff);
        ArrayNode faults = root.putArray(kind.plural);
        for (FaultRow row : rows) {
            ObjectNode fault = faults.addObject();
            fault.put("part", row.part().label());
            fault.put("moment", row.moment());
            fault.put("killedAfterMillis", row.afterMillis());
            fault.put("awayMillis", row.awayMillis());
            fault.put("recoveredAfterMillis", row.recoveredMillis());
            fault.put("acknowledged", row.acknowledged());
            fault.put("unknown", row.unknown());
            fault.put("lost", row.findings().lost());
            fault.put("duplicated", row.findings().duplicated());
            fault.put("stale", row.findings().stale());
            fault.put("resurrected", row.findings().resurrected());
            fault.put("eventsAcknowledged", row.events().acknowledged());
            fault.put("eventsLost", row.events().lost());
            fault.put("eventsForeign", row.events().foreign());
            fault.put("eventsRepeatedInLog", row.events().repeated());
            fault.put("eventsMiscounted", row.events().miscounted());
            put(fault.putObject("searches"), row.searches());
            put(fault.putObject("writes"), row.writes());
            put(fault.putObject("events"), row.eventAnswers());
            ArrayNode against = fault.putArray("againstTheTable");
            row.against().forEach(against::add);
            ArrayNode examples = fault.putArray("examples");
            row.findings().examples().forEach(examples::add);
        }
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void put(ObjectNode object, Map<String, Integer> counts) {
        new TreeMap<>(counts).forEach(object::put);
    }
}
