package dev.vitrine.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service can be told and where it answers, from its own files. */
final class ServiceConfiguration {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{(VITRINE_\\w+)(?::([^}]*))?}");

    /** Read by the JVM, by a library and by the compose file's own health check. */
    private static final Set<String> OTHERS = Set.of("JDK_JAVA_OPTIONS", "DJL_CACHE_DIR", "PROBE");

    private static final Set<String> DOCUMENTED = documented(property -> true, "");

    /** What the variables of documented maps begin with; their other half is free. */
    private static final Set<String> MAPS =
            documented(
                    property -> property.path("type").asString().startsWith("java.util.Map"), "_");

    private final Properties settings;
    private final Map<String, String> placeholders = new LinkedHashMap<>();

    private ServiceConfiguration(Properties settings) {
        this.settings = settings;
        for (String name : settings.stringPropertyNames()) {
            Matcher placeholder = PLACEHOLDER.matcher(settings.getProperty(name));
            while (placeholder.find()) {
                String standard = placeholder.group(2);
                placeholders.put(placeholder.group(1), standard == null ? "" : standard);
            }
        }
    }

    static ServiceConfiguration of(String service) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource(service + ".yml"));
        Properties settings = yaml.getObject();
        if (settings == null) {
            throw new IllegalStateException(service + ".yml is empty");
        }
        return new ServiceConfiguration(settings);
    }

    /** Whether the environment variable means something to the service. */
    boolean reads(String variable) {
        return placeholders.containsKey(variable)
                || OTHERS.contains(variable)
                || DOCUMENTED.contains(variable)
                || MAPS.stream().anyMatch(variable::startsWith)
                || settings.stringPropertyNames().stream()
                        .anyMatch(name -> variable(name).equals(variable));
    }

    /** The variables that its settings name, with their defaults. */
    Map<String, String> variables() {
        return Collections.unmodifiableMap(placeholders);
    }

    /** A setting as the service's own file has it; empty when it has none. */
    String setting(String name) {
        return settings.getProperty(name, "");
    }

    /** The variable that moves its port. */
    String portVariable() {
        Matcher port = PLACEHOLDER.matcher(settings.getProperty("server.port"));
        if (!port.matches()) {
            throw new IllegalStateException("server.port is no variable");
        }
        return port.group(1);
    }

    /** Whether the management endpoint answers at the path. */
    boolean answers(String path) {
        List<String> exposed =
                List.of(
                        settings.getProperty("management.endpoints.web.exposure.include")
                                .split(",", -1));
        return switch (path) {
            case "/actuator/health/liveness", "/actuator/health/readiness" ->
                    exposed.contains("health")
                            && "true"
                                    .equals(
                                            settings.getProperty(
                                                    "management.endpoint.health.probes.enabled"));
            default ->
                    path.startsWith("/actuator/")
                            && exposed.contains(path.substring("/actuator/".length()));
        };
    }

    /** Spring's rule: dots become underscores, dashes go. */
    private static String variable(String property) {
        return property.replaceAll("\\[(\\d+)]", "_$1_")
                .replace(".", "_")
                .replace("-", "")
                .replace("__", "_")
                .toUpperCase(Locale.ROOT);
    }

    private static Set<String> documented(Predicate<JsonNode> wanted, String ending) {
        Set<String> variables = new HashSet<>();
        try {
            for (URL file : files("META-INF/spring-configuration-metadata.json")) {
                try (InputStream json = file.openStream()) {
                    for (JsonNode property :
                            JsonMapper.shared().readTree(json).path("properties")) {
                        if (wanted.test(property)) {
                            variables.add(variable(property.path("name").stringValue()) + ending);
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return variables;
    }

    private static List<URL> files(String name) throws IOException {
        List<URL> files = new ArrayList<>();
        ServiceConfiguration.class
                .getClassLoader()
                .getResources(name)
                .asIterator()
                .forEachRemaining(files::add);
        return files;
    }
}
