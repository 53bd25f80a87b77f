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
 * @param seed with the same one the same moments and the same writes are chosen
 * @param products size of the catalogue
 * @param rows one for each kill
 * @param brokenOff why the drill ended early; empty when it did not
 */
public record KillReport(
        long seed, int products, long seconds, List<KillRow> rows, String brokenOff) {

    public KillReport {
        rows = List.copyOf(rows);
    }

    /** True when no threshold was missed. */
    public boolean passed() {
        return brokenOff.isEmpty() && rows.stream().allMatch(KillRow::passed);
    }

    /** What was missed, a line each. */
    public List<String> misses() {
        return rows.stream()
                .filter(row -> !row.passed())
                .map(row ->
                        "%s, moment %d: lost %d, duplicated %d, stale %d, resurrected %d, events lost %d, foreign %d; %s %s"
                                .formatted(
                                        row.part().label(),
                                        row.moment(),
                                        row.findings().lost(),
                                        row.findings().duplicated(),
                                        row.findings().stale(),
                                        row.findings().resurrected(),
                                        row.events().lost(),
                                        row.events().foreign(),
                                        row.findings().examples(),
                                        row.against()))
                .toList();
    }

    public String toMarkdown() {
        StringBuilder text = new StringBuilder();
        text.append(
                """
                # kill -9 of every part

                Made by `./vitrine drill kill --seed %d`: %,d products, %d kills in %d s. A shop imports, changes prices, deletes, searches
                and sends events; a part is killed after the time in the third column and started again by the launcher. Then every product is
                looked for in PostgreSQL, columns (filter, sort, fields, facet counts), text and vectors, and every acknowledged event in the log.
                The last column counts answers that the table "While a part is down" in `standalone/README.md` does not allow.

                Result: **%s**

                | part | moment | killed after ms | recovered after s | writes acknowledged | outcome unknown | lost | duplicated | stale | resurrected | events acknowledged | events lost | twice in the log | searches until recovery | writes until recovery | events until recovery | against the table |
                |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
                """
                        .formatted(
                                seed,
                                products,
                                rows.size(),
                                seconds,
                                passed()
                                        ? "all thresholds held"
                                        : "thresholds missed. " + brokenOff));
        for (KillRow row : rows) {
            text.append(
                    "| %s | %d | %d | %.1f | %d | %d | %d | %d | %d | %d | %d | %d | %d | %s | %s | %s | %d |%n"
                            .formatted(
                                    row.part().label(),
                                    row.moment(),
                                    row.afterMillis(),
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
        ArrayNode kills = root.putArray("kills");
        for (KillRow row : rows) {
            ObjectNode kill = kills.addObject();
            kill.put("part", row.part().label());
            kill.put("moment", row.moment());
            kill.put("killedAfterMillis", row.afterMillis());
            kill.put("recoveredAfterMillis", row.recoveredMillis());
            kill.put("acknowledged", row.acknowledged());
            kill.put("unknown", row.unknown());
            kill.put("lost", row.findings().lost());
            kill.put("duplicated", row.findings().duplicated());
            kill.put("stale", row.findings().stale());
            kill.put("resurrected", row.findings().resurrected());
            kill.put("eventsAcknowledged", row.events().acknowledged());
            kill.put("eventsLost", row.events().lost());
            kill.put("eventsForeign", row.events().foreign());
            kill.put("eventsRepeatedInLog", row.events().repeated());
            put(kill.putObject("searches"), row.searches());
            put(kill.putObject("writes"), row.writes());
            put(kill.putObject("events"), row.eventAnswers());
            ArrayNode against = kill.putArray("againstTheTable");
            row.against().forEach(against::add);
            ArrayNode examples = kill.putArray("examples");
            row.findings().examples().forEach(examples::add);
        }
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void put(ObjectNode object, Map<String, Integer> counts) {
        new TreeMap<>(counts).forEach(object::put);
    }
}
