package dev.vitrine.standalone.drill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * A request that a service works on and whose body is still to come: one that is under way for as
 * long as a test wants.
 */
final class OpenRequest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Socket socket;
    private final BufferedReader answer;
    private final byte[] body;

    private OpenRequest(Socket socket, byte[] body) throws IOException {
        this.socket = socket;
        this.body = body;
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        this.answer =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Sends the head; returns when the service has begun to handle the request. */
    static OpenRequest begin(int port, String method, String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        try {
            OpenRequest open =
                    new OpenRequest(new Socket(InetAddress.getLoopbackAddress(), port), body);
            open.write(
                    """
                    %s %s HTTP/1.1
                    Host: 127.0.0.1:%d
                    Content-Type: application/json
                    Content-Length: %d
                    Vitrine-Tenant: default
                    Vitrine-Deadline-Millis: 30000
                    Expect: 100-continue

                    """
                            .formatted(method, path, port, body.length)
                            .replace("\n", "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String begun = open.answer.readLine();
            if (begun == null || !begun.startsWith("HTTP/1.1 100")) {
                throw new IllegalStateException(path + " was not begun: " + begun);
            }
            open.answer.readLine();
            return open;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns when nothing listens on the port any more. */
    static void awaitRefused(int port) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - until < 0) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            } catch (ConnectException refused) {
                return;
            } catch (IOException other) {
                throw new UncheckedIOException(other);
            }
        }
        throw new AssertionError("port " + port + " still listens");
    }

    /** Sends the body; the status line of an answer that came whole. */
    String finish() {
        try {
            write(body);
            String status = String.valueOf(answer.readLine());
            int length = -1;
            boolean chunked = false;
            for (String header = answer.readLine();
                    header != null && !header.isEmpty();
                    header = answer.readLine()) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(lower.substring("content-length:".length()).strip());
                }
                chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
            }
            StringBuilder rest = new StringBuilder();
            for (int c = answer.read(); c >= 0; c = answer.read()) {
                rest.append((char) c);
            }
            boolean whole =
                    chunked
                            ? rest.toString().endsWith("0\r\n\r\n")
                            : rest.toString().getBytes(StandardCharsets.UTF_8).length == length;
            return whole ? status.strip() : status + ", cut off: " + rest;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
