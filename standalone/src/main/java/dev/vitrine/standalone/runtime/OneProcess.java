package dev.vitrine.standalone.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** All services as sibling contexts in this JVM, each with its own configuration file. */
final class OneProcess implements ServiceHost {
    private static final Logger LOG = LoggerFactory.getLogger(OneProcess.class);

    /** Of the heap of all services, about what the recommender keeps of its own heap elsewhere. */
    private static final String EVENTS_HEAP = "--recommender.interaction.heap-percent=8";

    private final Deque<ConfigurableApplicationContext> contexts = new ArrayDeque<>();
    private boolean closed;

    @Override
    public ProcessHandle start(
            Part service, Map<String, String> variables, Consumer<ProcessHandle> launched)
            throws StartFailedException {
        launched.accept(ProcessHandle.current());
        SpringApplication application = new SpringApplication(load(service));
        application.setBannerMode(Banner.Mode.OFF);
        // One hook of the launcher closes everything in order; Spring's run in any.
        application.setRegisterShutdownHook(false);
        List<String> arguments = new ArrayList<>();
        arguments.add("--spring.config.name=" + service.label());
        variables.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        if (service == Part.RECOMMENDER) {
            arguments.add(EVENTS_HEAP);
        }
        ConfigurableApplicationContext context;
        try {
            context = application.run(arguments.toArray(String[]::new));
        } catch (RuntimeException failed) {
            throw new StartFailedException(
                    service.label() + " did not start: " + rootMessage(failed), failed);
        }
        if (!keep(context)) {
            context.close();
            throw new StartFailedException(service.label() + " was not needed any more");
        }
        return ProcessHandle.current();
    }

    private static Class<?> load(Part service) throws StartFailedException {
        try {
            return Class.forName(service.application());
        } catch (ClassNotFoundException missing) {
            throw new StartFailedException(
                    service.label() + " is missing from the class path", missing);
        }
    }

    private synchronized boolean keep(ConfigurableApplicationContext context) {
        if (!closed) {
            contexts.push(context);
        }
        return !closed;
    }

    @Override
    public void close() {
        List<ConfigurableApplicationContext> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(contexts);
            contexts.clear();
        }
        for (ConfigurableApplicationContext context : open) {
            try {
                context.close();
            } catch (RuntimeException failed) {
                // The others must still be closed.
                LOG.warn("A service did not close cleanly", failed);
            }
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = root; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
