package dev.vitrine.standalone.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Chooses the ports of all parts at once, so that no two of them get the same. */
final class Ports {
    private Ports() {}

    /**
     * A port for each part: the one asked for, else the usual one, else a free one.
     *
     * @param asked ports that the user fixed; a busy one is an error that names it
     * @param bind address that the services will listen on
     */
    static Map<Part, Integer> choose(Map<Part, Integer> asked, InetAddress bind)
            throws StartFailedException {
        Map<Integer, Part> owners = new HashMap<>();
        for (Map.Entry<Part, Integer> entry : asked.entrySet()) {
            Part other = owners.put(entry.getValue(), entry.getKey());
            if (other != null) {
                throw new StartFailedException(
                        "Port %d is asked for twice: for %s and for %s"
                                .formatted(
                                        entry.getValue(), other.label(), entry.getKey().label()));
            }
        }
        Map<Part, Integer> chosen = new EnumMap<>(Part.class);
        List<ServerSocket> held = new ArrayList<>();
        try {
            // What was asked for comes first, so that no free port takes it away.
            for (Map.Entry<Part, Integer> entry : asked.entrySet()) {
                Part part = entry.getKey();
                int port = entry.getValue();
                try {
                    held.add(open(addressOf(part, bind), port));
                } catch (IOException busy) {
                    throw new StartFailedException(
                            "Port %d for %s is in use; choose another with %s"
                                    .formatted(
                                            port,
                                            part.label(),
                                            part == Part.GATEWAY
                                                    ? "--port or VITRINE_PORT"
                                                    : part.portVariable()),
                            busy);
                }
                chosen.put(part, port);
            }
            for (Part part : Part.values()) {
                if (!chosen.containsKey(part)) {
                    ServerSocket socket = openPreferred(addressOf(part, bind), part);
                    held.add(socket);
                    chosen.put(part, socket.getLocalPort());
                }
            }
        } finally {
            closeAll(held);
        }
        return chosen;
    }

    private static InetAddress addressOf(Part part, InetAddress bind) {
        return part.isService() ? bind : InetAddress.getLoopbackAddress();
    }

    private static ServerSocket openPreferred(InetAddress address, Part part)
            throws StartFailedException {
        try {
            if (part.preferredPort() != 0) {
                try {
                    return open(address, part.preferredPort());
                } catch (IOException busy) {
                    return open(address, 0);
                }
            }
            return open(address, 0);
        } catch (IOException none) {
            throw new StartFailedException(
                    "No port can be opened on %s for %s: %s"
                            .formatted(address.getHostAddress(), part.label(), none.getMessage()),
                    none);
        }
    }

    private static ServerSocket open(InetAddress address, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            // Without it a port that a server left seconds ago would count as taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return socket;
        } catch (IOException busy) {
            socket.close();
            throw busy;
        }
    }

    private static void closeAll(List<ServerSocket> sockets) throws StartFailedException {
        for (ServerSocket socket : sockets) {
            try {
                socket.close();
            } catch (IOException stuck) {
                throw new StartFailedException(
                        "Port " + socket.getLocalPort() + " cannot be given back", stuck);
            }
        }
    }
}
