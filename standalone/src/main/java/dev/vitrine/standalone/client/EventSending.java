package dev.vitrine.standalone.client;

import dev.vitrine.standalone.event.EventLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Sends the events of a file in calls of bounded size, one after the other. A call that failed for
 * a passing reason is made again, a bounded number of times: event ids make that harmless. The
 * catalogue must exist.
 *
 * <p>Not for several threads.
 */
public final class EventSending {
    private static final int EVENTS = 1_000;

    /** Below the gateway's limit for a body, which is a megabyte. */
    private static final int CHARS = 600_000;

    private static final int TRIES = 5;
    private static final int REJECTIONS_SHOWN = 20;

    private final VitrineClient client;
    private final List<String> rejections = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private long chars;
    private long accepted;
    private long rejected;

    public EventSending(VitrineClient client) {
        this.client = client;
    }

    /**
     * Sends everything.
     *
     * @param progress told the number of events answered so far
     * @throws ApiException when it broke off; the counts then hold what was answered before
     */
    public void run(Iterator<EventLine> file, LongConsumer progress) throws ApiException {
        while (file.hasNext()) {
            EventLine line = file.next();
            if (line.event() == null) {
                reject(line.line(), line.fault());
                continue;
            }
            String event = client.json().writeValueAsString(line.event());
            if (events.size() == EVENTS || (!events.isEmpty() && chars + event.length() > CHARS)) {
                send();
                progress.accept(accepted + rejected);
            }
            lines.add(line.line());
            events.add(event);
            chars += event.length();
        }
        if (!events.isEmpty()) {
            send();
        }
        progress.accept(accepted + rejected);
    }

    /** Events that the log has. */
    public long accepted() {
        return accepted;
    }

    /** Events and lines that cannot be used. */
    public long rejected() {
        return rejected;
    }

    /** The first refusals, for people. */
    public List<String> rejections() {
        return List.copyOf(rejections);
    }

    private void send() throws ApiException {
        EventAnswer answer = patiently("{\"events\":[" + String.join(",", events) + "]}");
        accepted += answer.accepted();
        for (EventAnswer.Refusal refusal : answer.refusals()) {
            reject(lines.get(refusal.index()), refusal.reason());
        }
        lines.clear();
        events.clear();
        chars = 0;
    }

    private EventAnswer patiently(String body) throws ApiException {
        for (int attempt = 1; ; attempt++) {
            ApiException failed;
            try {
                EventAnswer answer = client.events(body);
                if (!answer.catalogIsNew()) {
                    return answer;
                }
                failed = new ApiException(503, "The gateway does not know the catalogue yet");
            } catch (ApiException refused) {
                if (refused.status() == 413 && events.size() == 1) {
                    return EventAnswer.refused(String.valueOf(refused.getMessage()));
                }
                failed = refused;
            }
            if (!failed.passing() || attempt == TRIES) {
                throw failed;
            }
            pause(Duration.ofSeconds(1L << attempt), failed);
        }
    }

    private void reject(long line, String reason) {
        rejected++;
        if (rejections.size() < REJECTIONS_SHOWN) {
            rejections.add("line %d: %s".formatted(line, reason));
        }
    }

    private static void pause(Duration time, ApiException why) throws ApiException {
        try {
            boolean never = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
            assert !never;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw why;
        }
    }
}
