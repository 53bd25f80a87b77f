package dev.vitrine.benchmarks.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a closed loop came to.
 *
 * @param nanos latency of each good answer, ascending
 * @param errors answers that were no good
 * @param seconds time measured
 * @param generatorSeconds processor seconds of the load generator
 * @param processSeconds processor seconds of each process of the engine
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Measurement(
        long[] nanos,
        long errors,
        double seconds,
        double generatorSeconds,
        Map<String, Double> processSeconds) {

    /** Several rounds as one. */
    public static Measurement sum(List<Measurement> rounds) {
        List<long[]> parts = new ArrayList<>();
        Map<String, Double> processes = new LinkedHashMap<>();
        long errors = 0;
        double seconds = 0;
        double generator = 0;
        for (Measurement round : rounds) {
            parts.add(round.nanos);
            errors += round.errors;
            seconds += round.seconds;
            generator += round.generatorSeconds;
            round.processSeconds.forEach((name, used) -> processes.merge(name, used, Double::sum));
        }
        long[] all = parts.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Measurement(all, errors, seconds, generator, processes);
    }

    public double requestsPerSecond() {
        return nanos.length / seconds;
    }

    /** Latency below which this share (0 to 1) of the good answers lies, in ms; NaN without any. */
    public double millis(double share) {
        if (nanos.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * nanos.length);
        return nanos[Math.clamp(rank - 1, 0, nanos.length - 1)] / 1_000_000.0;
    }

    /** Processor microseconds for one answer, process by process. */
    public Map<String, Double> microsPerRequest() {
        Map<String, Double> micros = new LinkedHashMap<>();
        processSeconds.forEach(
                (name, used) -> micros.put(name, used * 1_000_000 / Math.max(1, nanos.length)));
        return micros;
    }

    /** The load generator's part of the processor time that it and the engine used, 0 to 1. */
    public double generatorShare() {
        double engine = processSeconds.values().stream().mapToDouble(Double::doubleValue).sum();
        return generatorSeconds / Math.max(1e-9, generatorSeconds + engine);
    }
}
