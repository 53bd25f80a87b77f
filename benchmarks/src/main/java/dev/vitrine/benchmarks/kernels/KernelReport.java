package dev.vitrine.benchmarks.kernels;

import dev.vitrine.benchmarks.report.Machine;
import dev.vitrine.servicekit.WireJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code bench kernels} measured.
 *
 * @param dimensions of the rows
 * @param readGigabytes a second, by one thread
 */
public record KernelReport(int dimensions, double readGigabytes, List<Line> lines) {

    public KernelReport {
        lines = List.copyOf(lines);
    }

    /**
     * One kernel at one place.
     *
     * @param nanosPerRow best of the rounds
     * @param gigabytes of rows a second
     */
    public record Line(
            String operation,
            String place,
            String engine,
            String kernel,
            double nanosPerRow,
            double gigabytes) {}

    /** As JSON. */
    public String json(String command, String date, Machine machine, String flags) {
        ObjectNode root = WireJson.mapper().createObjectNode();
        root.put("command", command);
        root.put("date", date);
        root.putPOJO("machine", machine);
        root.put("cpuFlags", flags);
        root.put("dims", dimensions);
        root.put("readGigabytesPerSecond", readGigabytes);
        root.putPOJO("kernels", lines);
        return root.toPrettyString() + "\n";
    }

    /** As Markdown. */
    public String markdown(String command, String date, Machine machine, String flags) {
        List<String> text = new ArrayList<>();
        text.add("# Distance kernels side by side");
        text.add("");
        text.add("`" + command + "`, " + date);
        text.add("");
        text.add(
                "%s, %d cores, JDK %s, %s. Processor flags: `%s`."
                        .formatted(
                                machine.processor(),
                                machine.cores(),
                                machine.jdk(),
                                machine.kernel(),
                                flags));
        text.add("");
        text.add(
                String.format(
                        Locale.ROOT,
                        "Rows of %d dimensions, one thread, best of the rounds. One thread reads memory at %.1f GB/s.",
                        dimensions,
                        readGigabytes));
        text.add("");
        text.add("| operation | rows in | engine | kernel | ns a row | GB/s |");
        text.add("|---|---|---|---|---|---|");
        for (Line line : lines) {
            text.add(
                    String.format(
                            Locale.ROOT,
                            "| %s | %s | %s | `%s` | %.2f | %.1f |",
                            line.operation(),
                            line.place(),
                            line.engine(),
                            line.kernel(),
                            line.nanosPerRow(),
                            line.gigabytes()));
        }
        return String.join("\n", text) + "\n";
    }
}
