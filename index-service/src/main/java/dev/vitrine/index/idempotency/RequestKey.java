package dev.vitrine.index.idempotency;

import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name that the sender of a request gave it, and what the request asks for.
 *
 * @param tenant tenant name; keys of tenants are apart
 * @param key 1 to {@value #MAX_LENGTH} visible ASCII characters
 * @param fingerprint hash of all that makes the request another one
 */
public record RequestKey(String tenant, String key, String fingerprint) {

    /** The header that holds it. */
    public static final String HEADER = "Idempotency-Key";

    static final int MAX_LENGTH = 255;

    /**
     * The key of a request.
     *
     * @param header value of {@link #HEADER}; null = the request has none
     * @param parts what the request asks for
     * @throws ProblemException with INVALID_PARAMETER
     */
    public static Optional<RequestKey> of(
            @Nullable String header, String tenant, List<String> parts) {
        if (header == null) {
            return Optional.empty();
        }
        String key = header.strip();
        if (key.length() > 1 && key.startsWith("\"") && key.endsWith("\"")) {
            // The draft standard makes it a string in quotes; most clients send it bare.
            key = key.substring(1, key.length() - 1);
        }
        if (key.isEmpty()
                || key.length() > MAX_LENGTH
                || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            String message = "has 1 to " + MAX_LENGTH + " visible ASCII characters";
            throw new ProblemException(CommonErrors.INVALID_PARAMETER, HEADER + " " + message)
                    .withErrors(List.of(new FieldError(HEADER, message)));
        }
        return Optional.of(new RequestKey(tenant, key, fingerprint(parts)));
    }

    private static String fingerprint(List<String> parts) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            // With its length before it no part can run over into the next.
            sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            sha256.update(bytes);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }
}
