package dev.vitrine.standalone.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Queue;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One visit a line, its product ids separated by blanks, oldest visit first; such files tell no
 * times. Each id becomes a {@code view}. The visits are spread over the last thirty days in their
 * order, the last one ends now, and the views of a visit are a second apart. The same file has the
 * same ids again, and no other file has them.
 */
final class SessionFormat implements EventFormat {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration SPAN = Duration.ofDays(30);

    /** Of the hash of a file, in the ids of its visits. */
    private static final int HASH_BYTES = 6;

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public EventLines open(EventFile file, String catalog, Instant now) {
        MessageDigest content = sha256();
        long lines = 0;
        try (BufferedReader counting = file.reader()) {
            String line = counting.readLine();
            while (line != null) {
                content.update((line + '\n').getBytes(StandardCharsets.UTF_8));
                lines++;
                line = counting.readLine();
            }
        } catch (IOException unreadable) {
            throw file.unreadable(unreadable);
        }
        String prefix = "session-" + HexFormat.of().formatHex(content.digest(), 0, HASH_BYTES);
        BufferedReader reader = file.reader();
        return new EventLines(file, reader, new Lines(reader, catalog, now, lines, prefix)::read);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static final class Lines {
        private final BufferedReader reader;
        private final String catalog;
        private final Instant now;
        private final long lines;
        private final String prefix;
        private long line;

        Lines(BufferedReader reader, String catalog, Instant now, long lines, String prefix) {
            this.reader = reader;
            this.catalog = catalog;
            this.now = now;
            this.lines = lines;
            this.prefix = prefix;
        }

        boolean read(Queue<EventLine> target) throws IOException {
            String text = reader.readLine();
            if (text == null) {
                return false;
            }
            line++;
            if (text.isBlank()) {
                return true;
            }
            String[] ids = text.strip().split("\\s+", -1);
            Instant end =
                    now.minusMillis((long) ((lines - line) * (SPAN.toMillis() / (double) lines)));
            String visit = prefix + "-" + line;
            for (int i = 0; i < ids.length; i++) {
                ObjectNode event = JSON.createObjectNode();
                event.put("catalog", catalog);
                event.put("eventId", visit + "-" + (i + 1));
                event.put("eventTime", end.minusSeconds(ids.length - 1 - i).toString());
                event.put("type", "view");
                event.put("visitorId", visit);
                event.put("sessionId", visit);
                event.putArray("items").addObject().put("id", ids[i]);
                target.add(EventLine.of(line, event));
            }
            return true;
        }
    }
}
