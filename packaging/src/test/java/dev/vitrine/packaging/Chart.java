package dev.vitrine.packaging;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart as Helm sees it, and what it renders to. */
final class Chart {

    /** Values files beside the defaults; the empty name stands for the defaults alone. */
    static final List<String> VALUES = List.of("", "ci/development.yaml", "ci/production.yaml");

    /**
     * A workload of the chart.
     *
     * @param name of its component
     * @param pod what it starts
     */
    record Workload(String name, PodTemplateSpec pod) {

        Container container() {
            return pod.getSpec().getContainers().getFirst();
        }

        /** The service in the image; two workloads may run one. */
        String service() {
            return container().getName();
        }
    }

    private static final KubernetesSerialization MODEL = new KubernetesSerialization();

    /** Its hooks as ordinary objects: Helm keeps those apart, and the library drops them. */
    private static final Path WITHOUT_HOOKS = withoutHooks();

    private Chart() {}

    static LintResult lint() {
        return new Helm(Checkout.CHART).lint().strict().call();
    }

    /** What Helm prints for a values file and single settings over it. */
    static String text(String values, Map<String, String> settings) {
        TemplateCommand template =
                new Helm(WITHOUT_HOOKS)
                        .template()
                        .withName("shop")
                        .withNamespace("search")
                        .withKubeVersion("1.32.0");
        if (!values.isEmpty()) {
            Path file = Checkout.CHART.resolve(values);
            template = template.withValuesFile(file);
        }
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            template = template.set(setting.getKey(), setting.getValue());
        }
        return template.call();
    }

    static List<HasMetadata> render(String values) {
        return read(text(values, Map.of()));
    }

    static List<HasMetadata> read(String documents) {
        List<HasMetadata> objects = new ArrayList<>();
        for (String document : documents.split("(?m)^---$", -1)) {
            if (!document.replaceAll("(?m)^#.*$", "").isBlank()) {
                HasMetadata object =
                        MODEL.unmarshal(
                                new ByteArrayInputStream(
                                        document.getBytes(StandardCharsets.UTF_8)));
                objects.add(object);
            }
        }
        return objects;
    }

    static <T extends HasMetadata> List<T> of(Class<T> kind, List<HasMetadata> objects) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    static List<Workload> workloads(List<HasMetadata> objects) {
        return objects.stream()
                .flatMap(object ->
                        switch (object) {
                            case Deployment d -> Stream.of(d.getSpec().getTemplate());
                            case StatefulSet s -> Stream.of(s.getSpec().getTemplate());
                            default -> Stream.<PodTemplateSpec>empty();
                        })
                .map(pod -> new Workload(component(pod.getMetadata().getLabels()), pod))
                .toList();
    }

    private static String component(Map<String, String> labels) {
        return labels.getOrDefault("app.kubernetes.io/component", "");
    }

    private static Path withoutHooks() {
        Path copy = Checkout.ROOT.resolve("packaging/target/chart-without-hooks");
        try (Stream<Path> files = Files.walk(Checkout.CHART)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(Checkout.CHART.relativize(file));
                Files.createDirectories(target.getParent());
                Files.writeString(
                        target,
                        Files.readString(file).replaceAll("(?m)^ *helm\\.sh/hook.*\\n", ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }
}
