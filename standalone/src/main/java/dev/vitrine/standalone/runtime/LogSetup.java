package dev.vitrine.standalone.runtime;

import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Decides where this process logs; must run before the first logger exists. One process has one
 * logging configuration, so Spring Boot's own, which every context would set up again, is switched
 * off.
 */
public final class LogSetup {
    private static final String CONFIGURATION = "logback.configurationFile";

    private LogSetup() {}

    /**
     * Logs into the data directory: everything of this process to one file, and with the services
     * in it each part's own lines to its file too.
     *
     * @param processes true when the services have processes, and so log files, of their own
     */
    public static void toFiles(DataDirectory data, boolean processes) {
        System.setProperty("vitrine.logs", data.logs().toString());
        use(
                processes
                        ? "dev/vitrine/standalone/logback-launcher.xml"
                        : "dev/vitrine/standalone/logback-files.xml");
    }

    /** Logs errors to standard error, and nothing else. */
    public static void quiet() {
        use("dev/vitrine/standalone/logback-quiet.xml");
    }

    private static void use(String configuration) {
        System.setProperty(CONFIGURATION, configuration);
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        // Tomcat logs through java.util.logging, which would go to the terminal.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
