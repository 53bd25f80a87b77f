package dev.vitrine.standalone.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.Queue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One event of the interface a line (NDJSON); its catalogue is the command's. */
final class CanonicalFormat implements EventFormat {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public String name() {
        return "canonical";
    }

    @Override
    public EventLines open(EventFile file, String catalog, Instant now) {
        BufferedReader reader = file.reader();
        return new EventLines(file, reader, new Lines(reader, catalog)::read);
    }

    private static final class Lines {
        private final BufferedReader reader;
        private final String catalog;
        private long line;

        Lines(BufferedReader reader, String catalog) {
            this.reader = reader;
            this.catalog = catalog;
        }

        boolean read(Queue<EventLine> target) throws IOException {
            String text = reader.readLine();
            if (text == null) {
                return false;
            }
            line++;
            if (!text.isBlank()) {
                target.add(event(text));
            }
            return true;
        }

        private EventLine event(String text) {
            try {
                JsonNode node = JSON.readTree(text);
                return node instanceof ObjectNode event
                        ? EventLine.of(line, event.put("catalog", catalog))
                        : EventLine.unreadable(line, "no JSON object");
            } catch (JacksonException broken) {
                return EventLine.unreadable(line, broken.getOriginalMessage());
            }
        }
    }
}
