package dev.vitrine.standalone.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A form of event files: turns lines of a file into events of the interface. */
public interface EventFormat {

    /** The formats that can be read, by the names that the command takes. */
    List<EventFormat> ALL =
            List.of(new CanonicalFormat(), new BasketFormat(true), new SessionFormat());

    /** The name that the command takes. */
    String name();

    /**
     * Opens a file. The same file gives the same event ids each time, whatever the time is.
     *
     * @param catalog catalogue of the events
     * @param now the moment that times which the file does not tell are made from
     * @throws EventFileException when the file is of another form
     */
    EventLines open(EventFile file, String catalog, Instant now);

    /** The format of that name. */
    static Optional<EventFormat> named(String name) {
        return ALL.stream().filter(format -> format.name().equals(name)).findFirst();
    }
}
