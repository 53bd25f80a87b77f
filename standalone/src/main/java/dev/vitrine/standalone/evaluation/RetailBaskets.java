package dev.vitrine.standalone.evaluation;

import dev.vitrine.recommender.algorithm.Occasion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Baskets of a file in the form of UCI Online Retail: columns InvoiceNo, StockCode, Quantity,
 * InvoiceDate, UnitPrice; gzip where the name ends in {@code .gz}.
 */
final class RetailBaskets {
    private static final Pattern PRODUCT_CODE = Pattern.compile("\\d{5}.*");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private RetailBaskets() {}

    /**
     * One basket for each invoice, its products in the order of their first lines. Lines with a
     * quantity or price of 0 or less (cancellations among them) and codes that do not start with
     * five digits (postage, fees) are left out, as are lines that cannot be read.
     *
     * @throws IOException when the file cannot be read
     */
    static List<Occasion> read(Path file) throws IOException {
        Map<String, SequencedSet<String>> items = new LinkedHashMap<>();
        Map<String, Instant> times = new LinkedHashMap<>();
        CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
        try (InputStream bytes = Files.newInputStream(file);
                InputStream plain =
                        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                CSVParser lines =
                        format.parse(
                                new BufferedReader(
                                        new InputStreamReader(plain, StandardCharsets.UTF_8)))) {
            for (CSVRecord line : lines) {
                if (isSale(line)) {
                    String invoice = line.get("InvoiceNo");
                    items.computeIfAbsent(invoice, absent -> new LinkedHashSet<>())
                            .add(line.get("StockCode"));
                    times.putIfAbsent(invoice, time(line));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not in the form of Online Retail", e);
        }
        List<Occasion> baskets = new ArrayList<>(items.size());
        items.forEach((invoice, products) ->
                baskets.add(
                        new Occasion(
                                invoice,
                                times.getOrDefault(invoice, Instant.EPOCH),
                                List.copyOf(products))));
        return baskets;
    }

    /**
     * Hides one product: that at place h mod n, counted from 0, of the n products in the order of
     * their first lines, with h the SHA-256 of the invoice number (UTF-8) as an unsigned big-endian
     * number.
     */
    static NextItemCase hideOne(Occasion basket) {
        BigInteger hash = new BigInteger(1, sha256(basket.id()));
        List<String> others = new ArrayList<>(basket.items());
        String hidden = others.remove(hash.mod(BigInteger.valueOf(others.size())).intValueExact());
        return new NextItemCase(others, hidden);
    }

    private static boolean isSale(CSVRecord line) {
        return line.isConsistent()
                && PRODUCT_CODE.matcher(line.get("StockCode")).matches()
                && isPositive(line.get("Quantity"))
                && isPositive(line.get("UnitPrice"));
    }

    private static boolean isPositive(String number) {
        try {
            return Double.parseDouble(number) > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Instant time(CSVRecord line) throws IOException {
        try {
            return LocalDateTime.parse(line.get("InvoiceDate"), TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new IOException("line " + line.getRecordNumber() + " has no date", e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
