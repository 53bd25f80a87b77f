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
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Prepares the demo catalogue of gifts from the lines of UCI Online Retail: its products, and the newest of its
 * invoices. README.md beside this file has the rules.
 *
 * <p>Run with {@code java PrepareGifts.java EVENTS.csv.gz PRODUCTS.ndjson.gz PURCHASES.csv.gz}; the same input gives the
 * same output.
 */
final class PrepareGifts {
    private static final int INVOICES = 3_000;
    private static final Set<String> SMALL =
            Set.of("a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with");

    private record Line(String invoice, String code, String title, String quantity, String time, String price, String customer) {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            System.err.println("usage: java PrepareGifts.java EVENTS.csv.gz PRODUCTS.ndjson.gz PURCHASES.csv.gz");
            System.exit(2);
        }
        List<Line> lines = lines(Path.of(arguments[0]));
        int products = products(lines, Path.of(arguments[1]));
        int purchased = purchases(lines, Path.of(arguments[2]));
        System.err.printf("%d lines used, %d products, %d lines of %d invoices%n", lines.size(), products, purchased, INVOICES);
    }

    private static List<Line> lines(Path in) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(Files.newInputStream(in)), StandardCharsets.UTF_8))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                List<String> cells = cells(text);
                String code = cells.get(1).strip().toUpperCase(Locale.ROOT);
                if (!code.matches("\\d{5}.*") || cells.get(3).startsWith("-") || new BigDecimal(cells.get(5)).signum() <= 0) {
                    continue;
                }
                lines.add(
                        new Line(
                                cells.get(0),
                                code,
                                cells.get(2).strip().replaceAll("\\s+", " "),
                                cells.get(3),
                                cells.get(4),
                                cells.get(5),
                                cells.get(6).replaceFirst("\\.0$", "")));
            }
        }
        return lines;
    }

    private static int products(List<Line> lines, Path out) throws IOException {
        Map<String, Map<String, Integer>> titles = new TreeMap<>();
        Map<String, List<BigDecimal>> prices = new HashMap<>();
        for (Line line : lines) {
            if (!line.title().isEmpty()) {
                titles.computeIfAbsent(line.code(), code -> new TreeMap<>()).merge(line.title(), 1, Integer::sum);
                prices.computeIfAbsent(line.code(), code -> new ArrayList<>()).add(new BigDecimal(line.price()));
            }
        }
        try (Writer writer = gzip(out)) {
            for (Map.Entry<String, Map<String, Integer>> product : titles.entrySet()) {
                String title =
                        Collections.max(
                                        product.getValue().entrySet(),
                                        Map.Entry.<String, Integer>comparingByValue()
                                                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                                .getKey();
                List<BigDecimal> paid = prices.get(product.getKey());
                Collections.sort(paid);
                writer.write(
                        "{\"id\": \"%s\", \"title\": \"%s\", \"price\": %s}\n"
                                .formatted(
                                        product.getKey(),
                                        readable(title).replace("\\", "\\\\").replace("\"", "\\\""),
                                        paid.get(paid.size() / 2).toPlainString()));
            }
        }
        return titles.size();
    }

    /** The source shouts: "SET OF 3 CAKE TINS" becomes "Set of 3 Cake Tins"; what is mixed already stays. */
    private static String readable(String title) {
        String text = title.replaceFirst("^\\*", "");
        if (!text.equals(text.toUpperCase(Locale.ROOT))) {
            return text;
        }
        StringBuilder readable = new StringBuilder();
        boolean start = true;
        StringBuilder word = new StringBuilder();
        for (char c : (text + " ").toLowerCase(Locale.ROOT).toCharArray()) {
            if (Character.isLetterOrDigit(c) || c == '\'') {
                word.append(c);
                continue;
            }
            if (!word.isEmpty()) {
                String lower = word.toString();
                readable.append(
                        !start && SMALL.contains(lower)
                                ? lower
                                : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
                start = false;
                word.setLength(0);
            }
            readable.append(c);
        }
        return readable.toString().strip();
    }

    private static int purchases(List<Line> lines, Path out) throws IOException {
        Map<String, String> times = new LinkedHashMap<>();
        lines.forEach(line -> times.putIfAbsent(line.invoice(), line.time()));
        Set<String> newest =
                new HashSet<>(
                        times.entrySet().stream()
                                .sorted(
                                        Map.Entry.<String, String>comparingByValue()
                                                .thenComparing(Map.Entry.comparingByKey())
                                                .reversed())
                                .limit(INVOICES)
                                .map(Map.Entry::getKey)
                                .toList());
        int written = 0;
        try (Writer writer = gzip(out)) {
            writer.write("InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n");
            for (Line line : lines) {
                if (newest.contains(line.invoice())) {
                    writer.write(
                            String.join(
                                            ",",
                                            line.invoice(),
                                            line.code(),
                                            line.quantity(),
                                            line.time(),
                                            line.price(),
                                            line.customer())
                                    + "\n");
                    written++;
                }
            }
        }
        return written;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    private static Writer gzip(Path out) throws IOException {
        return new OutputStreamWriter(new BestGzip(Files.newOutputStream(out)), StandardCharsets.UTF_8);
    }

    /** Strongest compression: the files are cloned with every copy of the repository. */
    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(9);
        }
    }
}
