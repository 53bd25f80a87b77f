// SPDX-License-Identifier: Apache-2.0
// Copyright the Vitrine authors

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Prepares the demo catalogue: adds a derived {@code category} to every product that a rule covers and turns the price
 * from cents into dollars; every other byte of a line stays as it was. README.md beside this file says how.
 *
 * <p>Run with {@code java PrepareElectronics.java IN.ndjson.gz OUT.ndjson.gz}; the same input gives the same output.
 */
final class PrepareElectronics {
    /** Text of a description that is looked at: its first clause names the thing, the rest lists features. */
    private static final Pattern CLAUSE_END = Pattern.compile("[,.;:(<]| with | for | - ");

    /** What follows names the device that a product fits, not the product. */
    private static final Pattern FITS = Pattern.compile("(?i)\\s(for|für|pour|voor|compatible with)\\s.*");

    /** A quantity, not a computer. */
    private static final Pattern PIECES = Pattern.compile("(?i)\\bpc\\(s\\)|\\bpcs\\b");

    private static final Pattern PRICE = Pattern.compile("\"price\": (\\d+)([,}])");

    private enum Source {
        ATTRIBUTE,
        TITLE,
        EVIDENCE,
        DESCRIPTION,
        NONE
    }

    private record Match(Source source, String category) {}

    private record AttributeRule(String category, String field, Optional<String> value) {
        boolean matches(Map<String, String> product) {
            String actual = product.get(field);
            return actual != null && value.map(v -> v.equalsIgnoreCase(actual)).orElse(true);
        }
    }

    private record PhraseRule(String category, Pattern phrases) {}

    private final List<AttributeRule> attributes = new ArrayList<>();
    private final List<PhraseRule> phrases = new ArrayList<>();
    private final List<AttributeRule> evidence = new ArrayList<>();

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: java PrepareElectronics.java IN.ndjson.gz OUT.ndjson.gz");
            System.exit(2);
        }
        Path rules = Path.of(System.getProperty("rules", "category-rules.tsv"));
        new PrepareElectronics(rules).run(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    private PrepareElectronics(Path rules) throws IOException {
        for (String line : Files.readAllLines(rules)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] cells = line.split("\t");
            List<String> patterns = List.of(cells[2].split("; "));
            switch (cells[0]) {
                case "attribute" -> patterns.forEach(p -> attributes.add(attributeRule(cells[1], p)));
                case "phrase" -> phrases.add(new PhraseRule(cells[1], wholeWords(patterns)));
                case "evidence" -> patterns.forEach(p -> evidence.add(attributeRule(cells[1], p)));
                default -> throw new IllegalArgumentException("unknown kind of rule: " + line);
            }
        }
    }

    private static AttributeRule attributeRule(String category, String pattern) {
        int equals = pattern.indexOf('=');
        return equals < 0
                ? new AttributeRule(category, pattern, Optional.empty())
                : new AttributeRule(
                        category, pattern.substring(0, equals), Optional.of(pattern.substring(equals + 1)));
    }

    private static Pattern wholeWords(List<String> phrases) {
        StringBuilder either = new StringBuilder();
        for (String phrase : phrases) {
            either.append(either.isEmpty() ? "" : "|").append(Pattern.quote(phrase.toLowerCase(Locale.ROOT)));
        }
        return Pattern.compile("(?<![\\p{L}\\d])(?:" + either + ")(?:e?s)?(?![\\p{L}\\d])");
    }

    private void run(Path in, Path out) throws IOException {
        Map<Source, Integer> bySource = new TreeMap<>();
        Map<String, Integer> byCategory = new TreeMap<>();
        int products = 0;
        try (BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        new GZIPInputStream(Files.newInputStream(in)), StandardCharsets.UTF_8));
                Writer writer = new OutputStreamWriter(new BestGzip(Files.newOutputStream(out)), StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                products++;
                Map<String, String> product = new FlatObject(line).read();
                Match match = categorise(product);
                bySource.merge(match.source(), 1, Integer::sum);
                byCategory.merge(match.category(), 1, Integer::sum);
                if (Boolean.getBoolean("show")) {
                    System.out.println(match.source() + "\t" + match.category() + "\t" + product.get("title"));
                }
                writer.write(rewritten(line, match));
                writer.write('\n');
            }
        }
        if (!Boolean.getBoolean("show")) {
            byCategory.forEach((category, count) -> System.out.printf("%6d  %s%n", count, category));
        }
        System.err.printf("%d products, by source: %s%n", products, bySource);
    }

    private Match categorise(Map<String, String> product) {
        Optional<String> found = byAttribute(attributes, product);
        if (found.isPresent()) {
            return new Match(Source.ATTRIBUTE, found.get());
        }
        found = byPhrase(nameOf(product));
        if (found.isPresent()) {
            return new Match(Source.TITLE, found.get());
        }
        found = byAttribute(evidence, product);
        if (found.isPresent()) {
            return new Match(Source.EVIDENCE, found.get());
        }
        found = byPhrase(CLAUSE_END.split(product.getOrDefault("short_description", ""), 2)[0]);
        return found.map(category -> new Match(Source.DESCRIPTION, category))
                .orElse(new Match(Source.NONE, ""));
    }

    /** The title without the brand and without the devices that the product fits. */
    private static String nameOf(Map<String, String> product) {
        String title = product.getOrDefault("title", "");
        String supplier = product.getOrDefault("supplier", "");
        if (!supplier.isEmpty() && title.regionMatches(true, 0, supplier, 0, supplier.length())) {
            title = title.substring(supplier.length());
        }
        return PIECES.matcher(FITS.matcher(title).replaceFirst("")).replaceAll("");
    }

    private static Optional<String> byAttribute(List<AttributeRule> rules, Map<String, String> product) {
        return rules.stream().filter(r -> r.matches(product)).map(AttributeRule::category).findFirst();
    }

    private Optional<String> byPhrase(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return phrases.stream()
                .filter(rule -> rule.phrases().matcher(lower).find())
                .map(PhraseRule::category)
                .findFirst();
    }

    private static String rewritten(String line, Match match) {
        var price = PRICE.matcher(line);
        String dollars =
                price.replaceFirst(
                        result ->
                                "\"price\": "
                                        + BigDecimal.valueOf(Long.parseLong(result.group(1)), 2).toPlainString()
                                        + result.group(2));
        if (match.source() == Source.NONE) {
            return dollars;
        }
        int afterId = dollars.indexOf(", \"name\"");
        return dollars.substring(0, afterId)
                + ", \"category\": \""
                + match.category()
                + '"'
                + dollars.substring(afterId);
    }

    /** Strongest compression: the file is cloned with every copy of the repository. */
    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(9);
        }
    }

    /**
     * Reads one flat JSON object of trusted, machine-written data: strings, numbers, booleans and lists of them (lists
     * are kept as raw text).
     */
    private static final class FlatObject {
        private final String json;
        private int at;

        FlatObject(String json) {
            this.json = json;
        }

        Map<String, String> read() {
            Map<String, String> fields = new LinkedHashMap<>();
            at = json.indexOf('{') + 1;
            while (at < json.length() && json.charAt(at) != '}') {
                String name = string();
                at = json.indexOf(':', at) + 2;
                fields.put(name, value());
                while (json.charAt(at) == ',' || json.charAt(at) == ' ') {
                    at++;
                }
            }
            return fields;
        }

        private String value() {
            char first = json.charAt(at);
            if (first == '"') {
                return string();
            }
            int start = at;
            if (first == '[') {
                while (json.charAt(at) != ']') {
                    if (json.charAt(at) == '"') {
                        string();
                    } else {
                        at++;
                    }
                }
                at++;
            } else {
                while (json.charAt(at) != ',' && json.charAt(at) != '}') {
                    at++;
                }
            }
            return json.substring(start, at);
        }

        private String string() {
            StringBuilder text = new StringBuilder();
            at++;
            while (json.charAt(at) != '"') {
                char c = json.charAt(at++);
                if (c != '\\') {
                    text.append(c);
                    continue;
                }
                char escaped = json.charAt(at++);
                switch (escaped) {
                    case 'n', 'r', 't' -> text.append(' ');
                    case 'u' -> {
                        text.append((char) Integer.parseInt(json.substring(at, at + 4), 16));
                        at += 4;
                    }
                    default -> text.append(escaped);
                }
            }
            at++;
            return text.toString();
        }
    }
}
