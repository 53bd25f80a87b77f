package dev.vitrine.standalone.demo;

import dev.vitrine.standalone.client.ApiException;
import dev.vitrine.standalone.client.EventSending;
import dev.vitrine.standalone.client.VitrineClient;
import dev.vitrine.standalone.event.BasketFormat;
import dev.vitrine.standalone.event.EventFile;
import dev.vitrine.standalone.event.EventLines;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Purchases that come with a demo catalogue as a compressed resource.
 *
 * @param catalog whose products were bought
 * @param invoices how many purchases the file holds
 */
public record DemoPurchases(DemoCatalog catalog, long invoices) {
    /** The newest 3,000 invoices of the gifts' origin; see SOURCE.md beside them. */
    public static final DemoPurchases GIFTS = new DemoPurchases(DemoCatalog.GIFTS, 3_000);

    /**
     * Sends them as events, all times moved so that the last purchase happens now. Sending them
     * again is harmless.
     */
    public void send(
            VitrineClient client, Instant now, DemoCatalog.Progress progress, Consumer<String> say)
            throws ApiException {
        long from = System.nanoTime();
        EventSending sending = new EventSending(client);
        try (EventLines lines = open(now)) {
            sending.run(
                    lines,
                    sent -> progress.show("Purchases of " + catalog.name() + ":", sent, invoices));
        }
        if (sending.rejected() > 0) {
            sending.rejections().forEach(say);
            throw new IllegalStateException(
                    "%d purchases of the demo were refused".formatted(sending.rejected()));
        }
        say.accept(
                "Sent %,d purchases, moved in time so that the last is now, in %.1f s"
                        .formatted(
                                sending.accepted(), (System.nanoTime() - from) / 1_000_000_000.0));
    }

    /** The purchases as events. */
    EventLines open(Instant now) {
        EventFile file =
                new EventFile(
                        "demo/" + catalog.name() + "/purchases",
                        () -> catalog.open("purchases.csv.gz"));
        return new BasketFormat(true).open(file, catalog.name(), now);
    }
}
