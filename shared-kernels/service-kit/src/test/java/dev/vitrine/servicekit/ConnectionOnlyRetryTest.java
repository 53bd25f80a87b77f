package dev.vitrine.servicekit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests go out a second time when a connection breaks. */
final class ConnectionOnlyRetryTest {

    private final IOException broken = new NoHttpResponseException("closed");

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void reading_isRepeatedOnce(String method) {
        assertThat(repeats(method, broken, 1)).isTrue();
        assertThat(repeats(method, new SocketException("reset"), 1)).isTrue();
        assertThat(repeats(method, broken, 2)).isFalse();
    }

    /** It may be committed: a PUT with If-Match would then find a version that it made itself. */
    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "POST"})
    void writing_isNeverRepeated(String method) {
        assertThat(repeats(method, broken, 1)).isFalse();
        assertThat(repeats(method, new SocketException("reset"), 1)).isFalse();
    }

    /** That goes to the next host instead. */
    @Test
    void withoutAConnection_nothingIsRepeated() {
        assertThat(repeats("GET", new ConnectException("refused"), 1)).isFalse();
    }

    private static boolean repeats(String method, IOException failure, int sent) {
        return new ConnectionOnlyRetry()
                .retryRequest(
                        new BasicHttpRequest(method, "/"),
                        failure,
                        sent,
                        HttpClientContext.create());
    }
}
