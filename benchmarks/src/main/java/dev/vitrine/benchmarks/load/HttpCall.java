package dev.vitrine.benchmarks.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * One request as it goes over the wire, made before the measurement so that it costs nothing in it.
 *
 * @param wire request line, headers and body
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
public record HttpCall(byte[] wire) {

    /** A call with a JSON body. */
    public static HttpCall json(String method, URI address, String path, String body) {
        return of(method, address, path, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /** A call with any body. */
    public static HttpCall of(
            String method, URI address, String path, String contentType, byte[] body) {
        byte[] head =
                (method
                                + ' '
                                + path
                                + " HTTP/1.1\r\nHost: "
                                + address.getAuthority()
                                + "\r\nContent-Type: "
                                + contentType
                                + "\r\nContent-Length: "
                                + body.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        byte[] wire = new byte[head.length + body.length];
        System.arraycopy(head, 0, wire, 0, head.length);
        System.arraycopy(body, 0, wire, head.length, body.length);
        return new HttpCall(wire);
    }
}
