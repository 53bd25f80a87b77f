package dev.vitrine.benchmarks.kernels;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All groups at all places, one after the other. */
public final class KernelRun {

    private static final int BANDWIDTH_MEGABYTES = 1_000;

    /** Still several times the last cache, and not too many arrays. */
    private static final int MOST_CODE_BYTES = 200_000_000;

    /** More than the last cache holds, and few enough for a pass of all queries in a round. */
    private static final int MOST_PAIRED_ROWS = 50_000;

    private KernelRun() {}

    /** Where rows lie, by the bytes of their data. */
    private enum Place {
        /** In every first-level data cache. */
        L1(24_576),
        /** In the second-level cache of the servers of the last years. */
        L2(786_432),
        /** In no cache. */
        MEMORY(600_000_000);

        private final int bytes;

        Place(int bytes) {
            this.bytes = bytes;
        }
    }

    /**
     * Measures everything.
     *
     * @param rounds best of so many
     * @param nanos of a kernel in a round
     */
    public static KernelReport run(int dimensions, int rounds, long nanos, PrintWriter out) {
        List<KernelReport.Line> lines = new ArrayList<>();
        double bandwidth = ReadBandwidth.measure(BANDWIDTH_MEGABYTES, rounds);
        for (Place place : Place.values()) {
            String name = place.name().toLowerCase(Locale.ROOT);
            int floats = place.bytes / (dimensions * Float.BYTES);
            measure(new FloatKernels(dimensions, floats, name).groups(), rounds, nanos, lines, out);
            measure(
                    ManyQueriesKernels.groups(dimensions, Math.min(floats, MOST_PAIRED_ROWS), name),
                    rounds,
                    nanos,
                    lines,
                    out);
            int bfloats = Math.min(place.bytes, MOST_CODE_BYTES) / (dimensions * Short.BYTES);
            measure(BfloatKernels.groups(dimensions, bfloats, name), rounds, nanos, lines, out);
            int codes = Math.min(place.bytes, MOST_CODE_BYTES);
            measure(
                    ByteKernels.groups(dimensions, codes / dimensions, name),
                    rounds,
                    nanos,
                    lines,
                    out);
            measure(
                    NibbleKernels.groups(dimensions, 2 * codes / dimensions, name),
                    rounds,
                    nanos,
                    lines,
                    out);
            int signs = codes * Byte.SIZE / dimensions;
            measure(SignKernels.groups(dimensions, signs, name), rounds, nanos, lines, out);
        }
        measure(RotationKernels.groups(dimensions), rounds, nanos, lines, out);
        measure(MaxSimKernels.groups(), rounds, nanos, lines, out);
        return new KernelReport(dimensions, bandwidth, lines);
    }

    private static void measure(
            List<KernelGroup> groups,
            int rounds,
            long nanos,
            List<KernelReport.Line> lines,
            PrintWriter out) {
        for (KernelGroup group : groups) {
            List<Double> best = BestOf.measure(group, rounds, nanos);
            for (int i = 0; i < best.size(); i++) {
                RowKernel kernel = group.kernels().get(i);
                lines.add(
                        new KernelReport.Line(
                                group.operation(),
                                group.place(),
                                kernel.engine(),
                                kernel.name(),
                                best.get(i),
                                group.bytesPerRow() / best.get(i)));
            }
            out.println(group.operation() + ", " + group.place());
            out.flush();
        }
    }
}
