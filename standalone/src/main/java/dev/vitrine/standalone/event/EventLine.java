package dev.vitrine.standalone.event;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One event of a file.
 *
 * @param line its line in the file, from 1
 * @param event as the interface takes it; null when the line holds none
 * @param fault why it holds none, or empty
 */
public record EventLine(long line, @Nullable ObjectNode event, String fault) {

    static EventLine of(long line, ObjectNode event) {
        return new EventLine(line, event, "");
    }

    static EventLine unreadable(long line, String fault) {
        return new EventLine(line, null, fault);
    }
}
