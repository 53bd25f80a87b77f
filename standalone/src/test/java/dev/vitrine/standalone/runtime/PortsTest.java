package dev.vitrine.standalone.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void choose_nothingAsked_givesEveryPartItsOwn() throws StartFailedException {
        Map<Part, Integer> ports = Ports.choose(Map.of(), LOOPBACK);
        assertThat(ports).containsOnlyKeys(Part.values());
        assertThat(ports.values()).doesNotHaveDuplicates().allMatch(port -> port > 0);
    }

    @Test
    void choose_askedPortBusy_namesPortPartAndRemedy() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, LOOPBACK)) {
            int port = busy.getLocalPort();
            assertThatThrownBy(() -> Ports.choose(Map.of(Part.INDEX, port), LOOPBACK))
                    .isInstanceOf(StartFailedException.class)
                    .hasMessage(
                            "Port %d for index is in use; choose another with VITRINE_INDEX_PORT"
                                    .formatted(port));
        }
    }

    @Test
    void choose_onePortForTwo_isRefused() {
        assertThatThrownBy(() -> Ports.choose(Map.of(Part.INDEX, 9, Part.KAFKA, 9), LOOPBACK))
                .hasMessageContaining("asked for twice");
    }

    @Test
    void askedPorts_optionWinsOverVariable() throws StartFailedException {
        assertThat(
                        settings(
                                        OptionalInt.of(9000),
                                        Map.of(
                                                "VITRINE_PORT", "9001",
                                                "VITRINE_INDEX_PORT", "9002"))
                                .askedPorts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(Part.GATEWAY, 9000, Part.INDEX, 9002));
    }

    @Test
    void askedPorts_noNumber_namesTheVariable() {
        assertThatThrownBy(() ->
                        settings(OptionalInt.empty(), Map.of("VITRINE_PORT", "http")).askedPorts())
                .hasMessage("VITRINE_PORT is no port: http");
    }

    @Test
    void bind_default_isLoopback() throws StartFailedException {
        RunSettings settings = settings(OptionalInt.empty(), Map.of());
        assertThat(settings.bindAddress().isLoopbackAddress()).isTrue();
        assertThat(settings.reachableHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void reachableHost_allAddresses_isLoopback() throws StartFailedException {
        assertThat(settings(OptionalInt.empty(), Map.of("VITRINE_BIND", "0.0.0.0")).reachableHost())
                .isEqualTo("127.0.0.1");
    }

    private static RunSettings settings(OptionalInt port, Map<String, String> environment) {
        return new RunSettings(
                new DataDirectory(Path.of("data")), Path.of("home"), false, port, environment);
    }
}
