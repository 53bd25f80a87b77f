package dev.vitrine.standalone.runtime;

import java.net.InetAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The embedding service by itself in this JVM, without Kafka: it only answers. */
public final class LoneEmbedding implements AutoCloseable {
    private final OneProcess host = new OneProcess();
    private final URI address;

    private LoneEmbedding(URI address) {
        this.address = address;
    }

    /** Starts it on a free loopback port; it keeps nothing in the data directory. */
    public static LoneEmbedding start(DataDirectory data) throws StartFailedException {
        int port =
                Ports.choose(Map.of(), InetAddress.getLoopbackAddress())
                        .getOrDefault(Part.EMBEDDING, 0);
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("VITRINE_BIND", "127.0.0.1");
        variables.put(Part.EMBEDDING.portVariable(), Integer.toString(port));
        variables.put("VITRINE_DATA", data.root().toString());
        variables.put("embedding.catalog.enabled", "false");
        LoneEmbedding embedding = new LoneEmbedding(URI.create("http://127.0.0.1:" + port));
        boolean started = false;
        try {
            var _ = embedding.host.start(Part.EMBEDDING, variables, process -> {});
            started = true;
        } finally {
            if (!started) {
                embedding.close();
            }
        }
        return embedding;
    }

    public URI address() {
        return address;
    }

    @Override
    public void close() {
        host.close();
    }
}
