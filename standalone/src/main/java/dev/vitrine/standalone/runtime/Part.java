package dev.vitrine.standalone.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The parts of a running Vitrine, in the order in which {@code status} names them. */
public enum Part {
    GATEWAY("VITRINE_PORT", 8080, 256, 160),
    EMBEDDING("VITRINE_EMBEDDING_PORT", 0, 320, 64),
    INDEX("VITRINE_INDEX_PORT", 0, 768, 160),
    RETRIEVAL("VITRINE_RETRIEVAL_PORT", 0, 256, 160),
    RECOMMENDER("VITRINE_RECOMMENDER_PORT", 0, 320, 64),
    POSTGRESQL("VITRINE_POSTGRESQL_PORT", 0, 0, 0),
    KAFKA("VITRINE_KAFKA_PORT", 0, 256, 64);

    /**
     * The services in the order of their start: those that wait longest for their data first, the
     * gateway early because it knows nobody.
     */
    private static final List<Part> SERVICES =
            List.of(INDEX, EMBEDDING, RETRIEVAL, RECOMMENDER, GATEWAY);

    /** What a part begins with for what it keeps. */
    private static final int OLD_MEGABYTES = 32;

    private final String portVariable;
    private final int preferredPort;
    private final int heapMegabytes;
    private final int youngMegabytes;

    Part(String portVariable, int preferredPort, int heapMegabytes, int youngMegabytes) {
        this.portVariable = portVariable;
        this.preferredPort = preferredPort;
        this.heapMegabytes = heapMegabytes;
        this.youngMegabytes = youngMegabytes;
    }

    public static List<Part> services() {
        return SERVICES;
    }

    public static Optional<Part> named(String name) {
        for (Part part : values()) {
            if (part.label().equals(name)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /** The name in {@code status}, in log files and for services in {@code spring.config.name}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isService() {
        return SERVICES.contains(this);
    }

    /** The environment variable that fixes the port. */
    public String portVariable() {
        return portVariable;
    }

    /** The port to take when nobody fixed one and it is free; 0 for any. */
    public int preferredPort() {
        return preferredPort;
    }

    /** JVM options of the part in a process of its own: its heap, and an archive of its classes. */
    List<String> jvmOptions(Path home) throws IOException {
        List<String> options = new ArrayList<>(ChildJvm.sharedArchive(home, label()));
        options.add("-Xmx" + heapMegabytes + "m");
        options.add("-Xms" + (youngMegabytes + OLD_MEGABYTES) + "m");
        options.add("-XX:NewSize=" + youngMegabytes + "m");
        return options;
    }

    /** The environment variable under which the other services are told this one's address. */
    String uriVariable() {
        return "VITRINE_" + name() + "_URI";
    }

    /** The class with the service's {@code main}; loaded only where a service runs. */
    String application() {
        if (!isService()) {
            throw new IllegalStateException(label() + " is no service of ours");
        }
        String simpleName = name().charAt(0) + label().substring(1) + "Application";
        return "dev.vitrine." + label() + "." + simpleName;
    }
}
