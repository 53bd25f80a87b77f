package dev.vitrine.gateway.catalog;

import dev.vitrine.contracts.wire.InternalHeaders;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.WireJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams one import to the index and its result lines back, both at the same time, in constant
 * memory. One instance, one import.
 */
final class ImportStream {

    /*
     * Three threads, because each of three things may block for as long as it likes:
     *
     *   sender    client's body -> index        (virtual thread)
     *   receiver  index's answer -> spool       (virtual thread)
     *   servlet   spool -> client               (the calling thread)
     *
     * HTTP clients, Spring Cloud Gateway's among them, send a request wholly before they read its
     * answer. With an answer that grows with the request, index and gateway would end up waiting for
     * each other as soon as the result lines fill the sockets' buffers. So this works one level
     * deeper, on a connection of its own. Imports are few and long: nothing is lost without a pool.
     */

    private static final Logger log = LoggerFactory.getLogger(ImportStream.class);
    private static final int CONNECT_MILLIS = 2_000;
    private static final List<String> REQUEST_HEADERS =
            List.of(
                    HttpHeaders.CONTENT_TYPE,
                    HttpHeaders.CONTENT_ENCODING,
                    HttpHeaders.ACCEPT,
                    "Idempotency-Key");
    private static final List<String> RESPONSE_HEADERS =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION, HttpHeaders.RETRY_AFTER);

    private final Supplier<URI> replicas;
    private final String tenant;
    private final ImportProperties settings;
    private final Duration retryAfter;

    /**
     * @param replicas addresses of the index in turn; the second is asked for when the first takes
     *     no connection
     */
    ImportStream(
            Supplier<URI> replicas, String tenant, ImportProperties settings, Duration retryAfter) {
        this.replicas = replicas;
        this.tenant = tenant;
        this.settings = settings;
        this.retryAfter = retryAfter;
    }

    /**
     * Runs the import to its end.
     *
     * @throws ProblemException when the index cannot be reached or gives no answer
     */
    void run(HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        // Closed in the opposite order: threads end when what they wait for has been closed.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                ResultSpool spool = new ResultSpool(settings.spool().toBytes());
                Index index = connect()) {
            DefaultBHttpClientConnection connection = index.connection();
            ClientBody body = new ClientBody(request.getInputStream(), index::tear);
            ClassicHttpRequest sent = head(request, index.authority(), body);
            Future<?> sending;
            ClassicHttpResponse answer;
            try {
                connection.sendRequestHeader(sent);
                connection.flush();
                sending = threads.submit(() -> send(index, sent));
                answer = answer(connection, body);
            } catch (HttpException | IOException broken) {
                throw unavailable(broken);
            }
            passOn(answer, spool, threads, response);
            // The index has said all: what the client still sends is of no use to anybody.
            index.tear();
            sending.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("sending an import failed", e.getCause());
        }
    }

    private Index connect() {
        try {
            return connect(replicas.get());
        } catch (IOException notThere) {
            log.debug("the import goes to the next index", notThere);
        }
        try {
            return connect(replicas.get());
        } catch (IOException refused) {
            throw unavailable(refused);
        }
    }

    private Index connect(URI index) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(index.getHost(), index.getPort()), CONNECT_MILLIS);
            DefaultBHttpClientConnection connection =
                    new DefaultBHttpClientConnection(Http1Config.DEFAULT);
            connection.bind(socket);
            connection.setSocketTimeout(Timeout.of(settings.silence()));
            return new Index(index.getAuthority(), connection);
        } catch (IOException refused) {
            closeQuietly(socket);
            throw refused;
        }
    }

    private ClassicHttpRequest head(HttpServletRequest request, String host, ClientBody body) {
        String query = request.getQueryString();
        String path = request.getRequestURI() + (query == null ? "" : '?' + query);
        ClassicHttpRequest head = new BasicClassicHttpRequest("POST", path);
        head.setHeader(HttpHeaders.HOST, host);
        head.setHeader(HttpHeaders.TRANSFER_ENCODING, "chunked");
        head.setHeader(InternalHeaders.TENANT, tenant);
        for (String name : REQUEST_HEADERS) {
            String value = request.getHeader(name);
            if (value != null) {
                head.setHeader(name, value);
            }
        }
        head.setEntity(body);
        return head;
    }

    /** Ends without an exception whatever happens: the answer's side tells what became of it. */
    private static void send(Index index, ClassicHttpRequest request) {
        try {
            index.connection().sendRequestEntity(request);
            index.connection().flush();
        } catch (HttpException | IOException | RuntimeException broken) {
            log.debug("the import was not sent to its end", broken);
            index.tear();
        }
    }

    private static ClassicHttpResponse answer(
            DefaultBHttpClientConnection connection, ClientBody body)
            throws HttpException, IOException {
        ClassicHttpResponse answer;
        do {
            answer = awaitHead(connection, body);
        } while (answer.getCode() < 200);
        connection.receiveResponseEntity(answer);
        return answer;
    }

    /** The index may read the whole body before it answers: its silence counts when that rests. */
    private static ClassicHttpResponse awaitHead(
            DefaultBHttpClientConnection connection, ClientBody body)
            throws HttpException, IOException {
        long before = body.passedOn();
        while (true) {
            try {
                return connection.receiveResponseHeader();
            } catch (SocketTimeoutException silent) {
                long now = body.passedOn();
                if (now == before) {
                    throw silent;
                }
                before = now;
            }
        }
    }

    private static void passOn(
            ClassicHttpResponse answer,
            ResultSpool spool,
            ExecutorService threads,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        response.setStatus(answer.getCode());
        for (String name : RESPONSE_HEADERS) {
            Header header = answer.getFirstHeader(name);
            if (header != null) {
                response.setHeader(name, header.getValue());
            }
        }
        HttpEntity entity = answer.getEntity();
        if (entity == null) {
            return;
        }
        InputStream results = entity.getContent();
        response.flushBuffer();
        threads.execute(() -> spool.fill(results));
        OutputStream client = response.getOutputStream();
        try {
            spool.drainTo(client);
        } catch (ResultSpool.BrokenOffException broken) {
            log.warn("the index broke off its answer to an import", broken);
            client.write(WireJson.write(BROKEN_OFF));
            client.write('\n');
            client.flush();
        }
    }

    /** In place of the summary; the status has long been sent. */
    private static final Map<String, Map<String, String>> BROKEN_OFF =
            Map.of(
                    "error",
                    Map.of(
                            "code",
                            CommonErrors.UNAVAILABLE.code(),
                            "pointer",
                            "",
                            "message",
                            "the index broke off: lines without a result may be committed or not;"
                                    + " sending them again does no harm"));

    private ProblemException unavailable(Exception cause) {
        return new ProblemException(CommonErrors.UNAVAILABLE, "index does not answer", cause)
                .withRetryAfter(retryAfter);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("a socket that did not connect did not close either", e);
        }
    }

    /** A connection, and what it is connected to. */
    private record Index(String authority, DefaultBHttpClientConnection connection)
            implements AutoCloseable {

        /** At once: an orderly end waits for an index that does not read. */
        void tear() {
            connection.close(CloseMode.IMMEDIATE);
        }

        @Override
        public void close() {
            tear();
        }
    }

    /** The client's body, passed on as it comes. */
    private static final class ClientBody extends AbstractHttpEntity {

        private static final int CHUNK = 32 * 1024;

        private final InputStream body;
        private final Runnable tear;
        private final AtomicLong passedOn = new AtomicLong();

        /**
         * @param tear breaks the connection to the index
         */
        ClientBody(InputStream body, Runnable tear) {
            super((ContentType) null, null, true);
            this.body = body;
            this.tear = tear;
        }

        @Override
        public void writeTo(OutputStream target) throws IOException {
            byte[] chunk = new byte[CHUNK];
            int length;
            while ((length = read(chunk)) >= 0) {
                target.write(chunk, 0, length);
                passedOn.addAndGet(length);
                if (body.available() == 0) {
                    // A slow client's lines are worked on while it thinks about the next.
                    target.flush();
                }
            }
        }

        /** Bytes that have moved so far; from any thread. */
        long passedOn() {
            return passedOn.get();
        }

        private int read(byte[] chunk) throws IOException {
            try {
                return body.read(chunk);
            } catch (IOException | RuntimeException clientGone) {
                // Before the stream to the index is closed: closing it would write an orderly end,
                // and the index would take a torn import for a whole one.
                tear.run();
                throw clientGone;
            }
        }

        @Override
        public InputStream getContent() {
            return body;
        }

        @Override
        public boolean isStreaming() {
            return true;
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public long getContentLength() {
            return -1;
        }

        @Override
        public void close() {
            // The servlet container owns the body.
        }
    }
}
