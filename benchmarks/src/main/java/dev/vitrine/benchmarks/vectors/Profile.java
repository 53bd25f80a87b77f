package dev.vitrine.benchmarks.vectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of searches goes, sampled by Flight Recorder every millisecond.
 *
 * @param what was searched
 * @param shares of the samples, largest first
 */
public record Profile(String what, List<Share> shares) {

    private static final String SAMPLE = "jdk.ExecutionSample";

    /** Below this share of the samples a method is left out. */
    private static final double LEAST = .01;

    /** Kernels are called by the stages, which say more. */
    private static final String STAGES = "dev.vitrine.kernels.quantized.";

    /**
     * A method with the share of the samples that it, or what it calls outside its package, was
     * running in.
     */
    public record Share(String method, double share) {}

    /** Searches for a while and samples it. */
    static Profile of(
            String what, VectorIndex.Searcher searcher, float[][] queries, int k, Duration time)
            throws IOException {
        Path file = Files.createTempFile("vitrine-bench", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(SAMPLE).withPeriod(Duration.ofMillis(1));
            recording.start();
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end) {
                for (float[] query : queries) {
                    searcher.search(query, k);
                }
            }
            recording.stop();
            recording.dump(file);
            return new Profile(what, shares(file));
        } finally {
            Files.delete(file);
        }
    }

    private static List<Share> shares(Path file) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        int samples = 0;
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            Optional<String> stage = stage(event);
            if (stage.isPresent()) {
                counts.merge(stage.get(), 1, Integer::sum);
                samples++;
            }
        }
        double all = samples;
        return counts.entrySet().stream()
                .map(entry -> new Share(entry.getKey(), entry.getValue() / all))
                .filter(share -> share.share() >= LEAST)
                .sorted(Comparator.comparingDouble(Share::share).reversed())
                .toList();
    }

    /** The innermost method of the stages that was running. */
    private static Optional<String> stage(RecordedEvent event) {
        if (!event.getEventType().getName().equals(SAMPLE) || event.getStackTrace() == null) {
            return Optional.empty();
        }
        return event.getStackTrace().getFrames().stream()
                .map(frame -> frame.getMethod())
                .filter(method -> method.getType().getName().startsWith(STAGES))
                .findFirst()
                .map(Profile::name);
    }

    private static String name(RecordedMethod method) {
        return method.getType().getName().substring(STAGES.length()) + '.' + method.getName();
    }
}
