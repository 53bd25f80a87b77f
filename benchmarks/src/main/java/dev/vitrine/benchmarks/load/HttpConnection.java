package dev.vitrine.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One HTTP/1.1 keep-alive connection over a blocking socket: as little work as a client can do.
 * Connects again after an answer that says so. For one thread.
 */
public final class HttpConnection implements AutoCloseable {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 120_000;

    private final URI address;
    private Socket socket;
    private InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int read;
    private int filled;
    private byte[] body = new byte[1 << 16];
    private boolean closing;

    /**
     * Connects.
     *
     * @param address server; its path is not looked at
     */
    public HttpConnection(URI address) throws IOException {
        this.address = address;
        this.socket = connect(address);
        this.in = socket.getInputStream();
    }

    private static Socket connect(URI address) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_MILLIS);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
        return socket;
    }

    /** Sends a request and reads its whole answer, which is valid until the next call. */
    public HttpAnswer send(HttpCall call) throws IOException {
        if (closing) {
            socket.close();
            socket = connect(address);
            in = socket.getInputStream();
            closing = false;
        }
        socket.getOutputStream().write(call.wire());
        int status = Integer.parseInt(line().substring(9, 12));
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith("content-length:")) {
                length = Integer.parseInt(name.substring(15).strip());
            } else if (name.startsWith("transfer-encoding:")) {
                chunked = name.contains("chunked");
            } else if (name.equals("connection: close")) {
                closing = true;
            }
        }
        if (!chunked) {
            copy(0, length);
            return new HttpAnswer(status, body, length);
        }
        length = 0;
        for (int chunk = chunkSize(); chunk > 0; chunk = chunkSize()) {
            copy(length, chunk);
            length += chunk;
            line();
        }
        line();
        return new HttpAnswer(status, body, length);
    }

    private int chunkSize() throws IOException {
        String line = line();
        int extension = line.indexOf(';');
        return Integer.parseInt((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
    }

    private String line() throws IOException {
        int from = read;
        while (true) {
            for (int i = from; i < filled; i++) {
                if (buffer[i] == '\n') {
                    String line =
                            new String(buffer, read, i - read - 1, StandardCharsets.ISO_8859_1);
                    read = i + 1;
                    return line;
                }
            }
            int seen = filled - read;
            fill();
            from = read + seen;
        }
    }

    private void copy(int at, int length) throws IOException {
        if (body.length < at + length) {
            body = Arrays.copyOf(body, Math.max(2 * body.length, at + length));
        }
        int copied = 0;
        while (copied < length) {
            if (read == filled) {
                fill();
            }
            int part = Math.min(length - copied, filled - read);
            System.arraycopy(buffer, read, body, at + copied, part);
            read += part;
            copied += part;
        }
    }

    /** Reads more; keeps what has not been consumed. */
    private void fill() throws IOException {
        if (read > 0) {
            System.arraycopy(buffer, read, buffer, 0, filled - read);
            filled -= read;
            read = 0;
        }
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int count = in.read(buffer, filled, buffer.length - filled);
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        filled += count;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
