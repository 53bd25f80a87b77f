package dev.vitrine.embedded;

import dev.vitrine.embedded.PlatformException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Ports of 127.0.0.1, the only address that the embedded servers listen on. */
final class LoopbackPort {

    static final String HOST = "127.0.0.1";

    private LoopbackPort() {}

    /** A port that nobody listens on right now; it stays free only by luck. */
    static int free() throws IOException {
        try (ServerSocket socket = bind(0)) {
            return socket.getLocalPort();
        }
    }

    /**
     * The port to use for a server: the one asked for, checked, or a free one for 0.
     *
     * @param server name for the error message
     */
    static int choose(int asked, String server) throws IOException {
        if (asked == 0) {
            return free();
        }
        try (ServerSocket probe = bind(asked)) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new PlatformException(
                    Code.PLATFORM_PORT_IN_USE,
                    "Port "
                            + asked
                            + " for "
                            + server
                            + " is not free on "
                            + HOST
                            + " ("
                            + e.getMessage()
                            + "). Stop the program that listens there, or choose another port.",
                    e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            // Without it a port that a server left seconds ago would count as taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static InetAddress address() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
