package dev.vitrine.standalone.evaluation;

import dev.vitrine.recommender.algorithm.ItemRanker;
import dev.vitrine.recommender.algorithm.Occasion;
import dev.vitrine.recommender.algorithm.sessionknn.SessionKnnParameters;
import dev.vitrine.recommender.algorithm.sessionknn.SessionKnnTrainer;
import dev.vitrine.recommender.algorithm.trending.TrendingParameters;
import dev.vitrine.recommender.algorithm.trending.TrendingTrainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** Predicts the next click of a session from those before it. */
public final class SessionEvaluation {
    /** One in so many sessions, the latest, is held out for validation. */
    private static final int VALIDATION_SHARE = 20;

    private static final int VALIDATION_CASES = 5_000;

    private static final Map<String, Function<List<Occasion>, ItemRanker>> TRAINERS = trainers();

    private SessionEvaluation() {}

    /** Names of the models that can be measured. */
    public static List<String> modelNames() {
        return List.copyOf(TRAINERS.keySet());
    }

    /**
     * Measures models; the items of a session may be the answer again, as the published figures
     * have it.
     *
     * @param train one session a line, item ids separated by spaces, in the order of time
     * @param test items separated by spaces, a tab and the item that came next
     * @param models some of {@link #modelNames}
     * @throws IOException when a file cannot be read
     */
    public static Map<String, NextItemResult> run(Path train, Path test, List<String> models)
            throws IOException {
        List<Occasion> sessions = sessions(train);
        int held = sessions.size() - Math.ceilDiv(sessions.size(), VALIDATION_SHARE);
        List<NextItemCase> heldOut =
                sessions.subList(held, sessions.size()).stream()
                        .flatMap(session -> prefixes(session.items()).stream())
                        .toList();
        Map<String, Function<List<Occasion>, ItemRanker>> chosen = new LinkedHashMap<>(TRAINERS);
        chosen.keySet().retainAll(models);
        return new NextItemComparison(chosen, true)
                .run(
                        new NextItemComparison.Split(sessions.subList(0, held), sample(heldOut)),
                        new NextItemComparison.Split(sessions, cases(test)));
    }

    /** The model that was best on the validation part. */
    public static String best(Map<String, NextItemResult> results) {
        return NextItemComparison.best(results);
    }

    private static Map<String, Function<List<Occasion>, ItemRanker>> trainers() {
        Map<String, Function<List<Occasion>, ItemRanker>> trainers = new LinkedHashMap<>();
        trainers.put("session-knn", new SessionKnnTrainer(SessionKnnParameters.DEFAULT)::train);
        trainers.put("v-sknn", new SessionKnnTrainer(SessionKnnParameters.PUBLISHED)::train);
        trainers.put(
                "popular",
                sessions -> {
                    var model = new TrendingTrainer(TrendingParameters.DEFAULT).train(sessions);
                    return (context, limit, wanted) -> model.popular(limit, wanted);
                });
        return trainers;
    }

    /** The file has no times: a second passes from line to line. */
    private static List<Occasion> sessions(Path file) throws IOException {
        List<String> lines = lines(file);
        return IntStream.range(0, lines.size())
                .mapToObj(line ->
                        new Occasion(
                                Integer.toString(line),
                                Instant.ofEpochSecond(line),
                                items(lines.get(line))))
                .toList();
    }

    private static List<NextItemCase> cases(Path file) throws IOException {
        List<NextItemCase> cases = new ArrayList<>();
        for (String line : lines(file)) {
            int tab = line.indexOf('\t');
            if (tab < 0) {
                throw new IOException(file + " has a line without a tab: " + line);
            }
            cases.add(new NextItemCase(items(line.substring(0, tab)), line.substring(tab + 1)));
        }
        return cases;
    }

    private static List<NextItemCase> prefixes(List<String> items) {
        return IntStream.range(1, items.size())
                .mapToObj(next -> new NextItemCase(items.subList(0, next), items.get(next)))
                .toList();
    }

    /** Evenly spread. */
    private static List<NextItemCase> sample(List<NextItemCase> cases) {
        int step = Math.max(1, cases.size() / VALIDATION_CASES);
        return IntStream.iterate(0, i -> i < cases.size(), i -> i + step)
                .mapToObj(cases::get)
                .toList();
    }

    private static List<String> items(String line) {
        return List.of(line.strip().split(" +"));
    }

    private static List<String> lines(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream plain =
                        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        }
    }
}
