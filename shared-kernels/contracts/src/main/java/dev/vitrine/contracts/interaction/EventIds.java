package dev.vitrine.contracts.interaction;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Ids for events that come without: the same content has the same id, however often it comes. */
public final class EventIds {

    private static final int BYTES = 16;

    private EventIds() {}

    /** 32 hex digits from everything that an event says, its id apart. */
    public static String ofContent(Interaction event) {
        MessageDigest hash = sha256();
        for (Object part :
                new @Nullable Object[] {
                    event.tenant(),
                    event.catalog(),
                    event.eventTime(),
                    event.type(),
                    event.visitorId(),
                    event.userId(),
                    event.sessionId(),
                    event.queryId(),
                    event.recommendationId(),
                    event.query(),
                    event.listId(),
                    event.experiment()
                }) {
            add(hash, part);
        }
        for (InteractionItem item : event.items()) {
            add(hash, item.id());
            add(hash, item.position());
            add(hash, item.price());
            add(hash, item.quantity());
        }
        return hex(hash);
    }

    /** 32 hex digits from parts that together name one event of one source. */
    public static String of(Object... parts) {
        MessageDigest hash = sha256();
        for (Object part : parts) {
            add(hash, part);
        }
        return hex(hash);
    }

    /** The length goes before each part, so that no two lists of parts read the same. */
    private static void add(MessageDigest hash, @Nullable Object part) {
        byte[] bytes = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
        hash.update(
                new byte[] {
                    (byte) (part == null ? 0 : 1),
                    (byte) (bytes.length >>> 24),
                    (byte) (bytes.length >>> 16),
                    (byte) (bytes.length >>> 8),
                    (byte) bytes.length
                });
        hash.update(bytes);
    }

    private static String hex(MessageDigest hash) {
        return HexFormat.of().formatHex(hash.digest(), 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
