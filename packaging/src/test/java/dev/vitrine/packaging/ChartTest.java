package dev.vitrine.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitrine.packaging.Chart.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.Endpoint;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The chart against Helm, the Kubernetes model and the services' own configuration. */
class ChartTest {

    static final List<String> VALUES = Chart.VALUES;

    private static final String PRODUCTION = "ci/production.yaml";

    /** Left to the services' defaults, each for its reason. */
    private static final Map<String, List<String>> OPTIONAL =
            Map.of(
                    "index-shard",
                    // A shard needs no database.
                    List.of("VITRINE_JDBC_URL", "VITRINE_JDBC_USER", "VITRINE_JDBC_PASSWORD"));

    @Test
    void lint_strict_passes() {
        assertThat(Chart.lint().isFailed()).as("%s", Chart.lint().getMessages()).isFalse();
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void objects_haveOnlyFieldsThatKubernetesKnows(String values) {
        List<HasMetadata> objects = Chart.render(values);
        assertThat(objects).hasSizeGreaterThan(10);
        for (HasMetadata object : objects) {
            assertThat(object.getClass().getSimpleName()).isEqualTo(object.getKind());
            assertThat(UnknownFields.of(object)).as(object.getFullResourceName()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'replicas: 1',replicaz: 1,.spec.replicaz",
        "periodSeconds: 2,periodSekunden: 2,.startupProbe.periodSekunden",
        "drop: [ALL],dropp: [ALL],.securityContext.capabilities.dropp",
        "averageUtilization:,averageUtilisation:,.target.averageUtilisation",
        "whenUnsatisfiable:,whenUnsatisfied:,.topologySpreadConstraints[0].whenUnsatisfied"
    })
    void unknownFields_plantedFault_areFound(String right, String wrong, String path) {
        String rendered = Chart.text(PRODUCTION, Map.of());
        assertThat(rendered).contains(right);
        List<String> unknown =
                Chart.read(rendered.replace(right, wrong)).stream()
                        .flatMap(object -> UnknownFields.of(object).stream())
                        .toList();
        assertThat(unknown).isNotEmpty().anyMatch(field -> field.endsWith(path));
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.replicaz,3",
        "gateway.replicas,-1",
        "index.replicas,2",
        "kafka.bootstrapServers,kafka",
        "kafka.securityProtocol,TLS",
        "kafka.securityProtocol,SASL_SSL",
        "database.existingSecret.name,''",
        "database.password,secret",
        "embedding.heap,lots",
        "retrieval.env.lower,1"
    })
    void schema_refusesWhatItDoesNotKnow(String name, String value) {
        assertThatThrownBy(() -> Chart.text("", Map.of(name, value)))
                .hasMessageContaining("values don't meet the specifications of the schema");
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void workloads_areTheFiveServices(String values) {
        List<HasMetadata> objects = Chart.render(values);
        List<Workload> workloads = Chart.workloads(objects);
        assertThat(workloads)
                .extracting(Workload::service)
                .hasSameElementsAs(ServiceArtifact.NAMES);
        for (Workload workload : workloads) {
            Container container = workload.container();
            assertThat(container.getImage()).contains("vitrine-" + workload.service() + ":");
            assertThat(container.getArgs())
                    .singleElement()
                    .satisfies(main -> assertThat(Class.forName(main)).hasMethods("main"));
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
            assertThat(workload.pod().getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(workload.pod().getSpec().getEnableServiceLinks()).isFalse();
        }
        // The gateway and whoever writes must meet one writer.
        StatefulSet index = named(StatefulSet.class, objects, "shop-vitrine-index");
        assertThat(index.getSpec().getReplicas()).isEqualTo(1);
        assertThat(
                        workloads.stream()
                                .filter(w -> value(w, "INDEX_ROLES").contains("writer"))
                                .map(Workload::name))
                .containsExactly("index");
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void variables_areReadByTheService(String values) {
        for (Workload workload : Chart.workloads(Chart.render(values))) {
            ServiceConfiguration service = ServiceConfiguration.of(workload.service());
            List<String> given =
                    workload.container().getEnv().stream().map(EnvVar::getName).toList();
            assertThat(given).doesNotHaveDuplicates();
            assertThat(given).as(workload.name()).allMatch(service::reads);
            List<String> wanted = new ArrayList<>(service.variables().keySet());
            wanted.removeAll(OPTIONAL.getOrDefault(workload.name(), List.of()));
            assertThat(given)
                    .as("%s.yml names them, the chart must set them", workload.service())
                    .containsAll(wanted);
        }
    }

    @Test
    void variables_thatNoServiceReads_areNotTaken() {
        ServiceConfiguration index = ServiceConfiguration.of("index");
        assertThat(index.reads("INDEX_ROLES")).isTrue();
        assertThat(index.reads("VITRINE_TOPICREPLICATION")).isTrue();
        assertThat(index.reads("VITRINE_TOPICREPLIKATION")).isFalse();
        assertThat(index.reads("VITRINE_EMBEDDING_URI")).isFalse();
        assertThat(index.answers("/actuator/prometheus")).isTrue();
        assertThat(index.answers("/actuator/prometeus")).isFalse();
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void portsAndProbePaths_areTheServices(String values) {
        for (Workload workload : Chart.workloads(Chart.render(values))) {
            ServiceConfiguration service = ServiceConfiguration.of(workload.service());
            Container container = workload.container();
            String own = value(workload, service.portVariable());
            assertThat(own).isEqualTo(service.variables().get(service.portVariable()));
            assertThat(port(container, "http")).isEqualTo(Integer.parseInt(own));
            String management = value(workload, "MANAGEMENT_SERVER_PORT");
            if (!management.isEmpty()) {
                assertThat(port(container, "management")).isEqualTo(Integer.parseInt(management));
            }
            for (Probe probe :
                    List.of(
                            container.getStartupProbe(),
                            container.getLivenessProbe(),
                            container.getReadinessProbe())) {
                assertThat(service.answers(probe.getHttpGet().getPath())).isTrue();
                assertThat(probe.getHttpGet().getPort().getStrVal())
                        .isEqualTo(management.isEmpty() ? "http" : "management");
            }
        }
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void addresses_leadToAServiceOfTheChart(String values) {
        List<HasMetadata> objects = Chart.render(values);
        List<URI> addresses = new ArrayList<>();
        for (Workload workload : Chart.workloads(objects)) {
            workload.container().getEnv().stream()
                    .map(EnvVar::getValue)
                    .filter(value -> value != null && value.startsWith("http://"))
                    .map(URI::create)
                    .forEach(addresses::add);
        }
        for (Pod test : Chart.of(Pod.class, objects)) {
            addresses.add(
                    URI.create(test.getSpec().getContainers().getFirst().getCommand().getLast()));
        }
        assertThat(addresses).hasSizeGreaterThanOrEqualTo(6);
        for (URI address : addresses) {
            Service service = named(Service.class, objects, address.getHost());
            assertThat(service.getSpec().getPorts())
                    .extracting(ServicePort::getPort)
                    .contains(address.getPort());
        }
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void copiesOfTheShard_askTheWriterForWhatTheyLack(String values) {
        List<HasMetadata> objects = Chart.render(values);
        List<Workload> workloads = Chart.workloads(objects);
        List<Workload> copies =
                workloads.stream().filter(w -> value(w, "INDEX_ROLES").equals("shard")).toList();
        assertThat(copies).hasSize(values.equals(PRODUCTION) ? 1 : 0);
        for (Workload copy : copies) {
            URI writer = URI.create(value(copy, "INDEX_SHARD_REBUILD_WRITER"));
            Service service = named(Service.class, objects, writer.getHost());
            assertThat(matching(workloads, service.getSpec().getSelector()))
                    .extracting(Workload::name)
                    .containsExactly("index");
        }
    }

    /** An old snapshot misses deletions whose tombstones the topic has dropped. */
    @Test
    void copyOfTheShard_scaledAway_losesItsVolume() {
        List<HasMetadata> objects = Chart.render(PRODUCTION);
        StatefulSet copies = named(StatefulSet.class, objects, "shop-vitrine-index-shard");
        assertThat(copies.getSpec().getPersistentVolumeClaimRetentionPolicy())
                .extracting("whenScaled", "whenDeleted")
                .containsExactly("Delete", "Retain");
        StatefulSet writer = named(StatefulSet.class, objects, "shop-vitrine-index");
        assertThat(writer.getSpec().getPersistentVolumeClaimRetentionPolicy()).isNull();
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void selectors_matchPods(String values) {
        List<HasMetadata> objects = Chart.render(values);
        List<Workload> workloads = Chart.workloads(objects);
        for (Service service : Chart.of(Service.class, objects)) {
            List<Workload> behind = matching(workloads, service.getSpec().getSelector());
            assertThat(behind).as(service.getFullResourceName()).isNotEmpty();
            for (Workload workload : behind) {
                for (ServicePort port : service.getSpec().getPorts()) {
                    assertThat(port(workload.container(), port.getTargetPort().getStrVal()))
                            .isEqualTo(port.getPort());
                }
            }
        }
        Stream.concat(
                        Chart.of(Deployment.class, objects).stream()
                                .map(d -> d.getSpec().getSelector()),
                        Stream.concat(
                                Chart.of(StatefulSet.class, objects).stream()
                                        .map(s -> s.getSpec().getSelector()),
                                Chart.of(PodDisruptionBudget.class, objects).stream()
                                        .map(p -> p.getSpec().getSelector())))
                .map(LabelSelector::getMatchLabels)
                .forEach(labels -> assertThat(matching(workloads, labels)).hasSize(1));
        for (StatefulSet set : Chart.of(StatefulSet.class, objects)) {
            named(Service.class, objects, set.getSpec().getServiceName());
        }
        for (HorizontalPodAutoscaler scaler : Chart.of(HorizontalPodAutoscaler.class, objects)) {
            HasMetadata target =
                    named(
                            HasMetadata.class,
                            objects.stream()
                                    .filter(o ->
                                            o.getKind()
                                                    .equals(
                                                            scaler.getSpec()
                                                                    .getScaleTargetRef()
                                                                    .getKind()))
                                    .toList(),
                            scaler.getSpec().getScaleTargetRef().getName());
            if (target instanceof Deployment deployment) {
                // Helm would set it back at every upgrade.
                assertThat(deployment.getSpec().getReplicas()).isNull();
            }
        }
    }

    @Test
    void networkPolicies_allowExactlyTheCallsThatAreMade() {
        List<HasMetadata> objects = Chart.render(PRODUCTION);
        List<Workload> workloads = Chart.workloads(objects);
        List<String> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        for (NetworkPolicy policy : Chart.of(NetworkPolicy.class, objects)) {
            String self =
                    matching(workloads, policy.getSpec().getPodSelector().getMatchLabels())
                            .getFirst()
                            .name();
            policy.getSpec().getIngress().stream()
                    .flatMap(rule -> peers(rule.getFrom()))
                    .forEach(labels ->
                            matching(workloads, labels)
                                    .forEach(from -> in.add(from.name() + " > " + self)));
            policy.getSpec().getEgress().stream()
                    .flatMap(rule -> peers(rule.getTo()))
                    .forEach(labels ->
                            matching(workloads, labels)
                                    .forEach(to -> out.add(self + " > " + to.name())));
        }
        assertThat(in)
                .containsExactlyInAnyOrder(
                        "gateway > index",
                        "gateway > retrieval",
                        "gateway > recommender",
                        "retrieval > embedding",
                        "retrieval > index",
                        "retrieval > index-shard",
                        "index-shard > index");
        assertThat(out).containsExactlyInAnyOrderElementsOf(in);
    }

    @Test
    void networkPolicies_letTheTestReachTheGateway() {
        List<HasMetadata> objects = Chart.render(PRODUCTION);
        Map<String, String> test =
                named(Pod.class, objects, "shop-vitrine-test").getMetadata().getLabels();
        assertThat(
                        named(NetworkPolicy.class, objects, "shop-vitrine-gateway")
                                .getSpec()
                                .getIngress()
                                .stream()
                                .flatMap(rule -> peers(rule.getFrom())))
                .anySatisfy(peer -> assertThat(test).containsAllEntriesOf(peer));
    }

    @Test
    void monitorsAndIngress_meetTheirServices() {
        List<HasMetadata> objects = Chart.render(PRODUCTION);
        List<Service> services = Chart.of(Service.class, objects);
        List<ServiceMonitor> monitors = Chart.of(ServiceMonitor.class, objects);
        assertThat(monitors).hasSize(6);
        for (ServiceMonitor monitor : monitors) {
            List<Service> behind =
                    services.stream()
                            .filter(service ->
                                    service.getMetadata()
                                            .getLabels()
                                            .entrySet()
                                            .containsAll(
                                                    monitor.getSpec()
                                                            .getSelector()
                                                            .getMatchLabels()
                                                            .entrySet()))
                            .toList();
            assertThat(behind).as(monitor.getFullResourceName()).hasSize(1);
            Endpoint endpoint = monitor.getSpec().getEndpoints().getFirst();
            assertThat(behind.getFirst().getSpec().getPorts())
                    .extracting(ServicePort::getName)
                    .contains(endpoint.getPort());
            assertThat(ServiceConfiguration.of("gateway").answers(endpoint.getPath())).isTrue();
        }
        Ingress ingress = Chart.of(Ingress.class, objects).getFirst();
        var backend =
                ingress.getSpec()
                        .getRules()
                        .getFirst()
                        .getHttp()
                        .getPaths()
                        .getFirst()
                        .getBackend()
                        .getService();
        Service gateway = named(Service.class, objects, backend.getName());
        // The management port, and with it the actuator, is not led out.
        assertThat(backend.getPort().getName()).isEqualTo("http");
        assertThat(gateway.getSpec().getPorts())
                .extracting(ServicePort::getName)
                .containsExactly("http", "management");
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void credentials_comeFromSecretsOnly(String values) {
        List<EnvVar> secret = new ArrayList<>();
        for (Workload workload : Chart.workloads(Chart.render(values))) {
            for (EnvVar variable : workload.container().getEnv()) {
                if (variable.getName().matches("VITRINE_JDBC_(USER|PASSWORD)")) {
                    secret.add(variable);
                    assertThat(workload.name()).isEqualTo("index");
                }
            }
        }
        assertThat(secret)
                .hasSize(2)
                .allSatisfy(variable ->
                        assertThat(variable.getValueFrom().getSecretKeyRef().getName())
                                .isNotEmpty());
    }

    @Test
    void kafkaLogin_comesFromASecret_inEveryWorkload() {
        for (Workload workload : Chart.workloads(Chart.render(PRODUCTION))) {
            assertThat(value(workload, "SPRING_KAFKA_SECURITY_PROTOCOL")).isEqualTo("SASL_SSL");
            assertThat(workload.container().getEnv())
                    .filteredOn(variable -> variable.getValueFrom() != null)
                    .filteredOn(variable -> variable.getName().startsWith("SPRING_KAFKA_"))
                    .extracting(
                            EnvVar::getName,
                            variable -> variable.getValueFrom().getSecretKeyRef().getName(),
                            variable -> variable.getValueFrom().getSecretKeyRef().getKey())
                    .containsExactlyInAnyOrder(
                            tuple(
                                    "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
                                    "kafka-login",
                                    "sasl-jaas-config"),
                            tuple("SPRING_KAFKA_SSL_TRUSTSTORECERTIFICATES", "kafka-ca", "ca.crt"));
        }
    }

    private static Stream<Map<String, String>> peers(List<NetworkPolicyPeer> peers) {
        return peers.stream()
                .filter(peer -> peer.getPodSelector() != null)
                .map(peer -> peer.getPodSelector().getMatchLabels());
    }

    private static List<Workload> matching(List<Workload> workloads, Map<String, String> labels) {
        return workloads.stream()
                .filter(workload ->
                        workload.pod()
                                .getMetadata()
                                .getLabels()
                                .entrySet()
                                .containsAll(labels.entrySet()))
                .toList();
    }

    private static <T extends HasMetadata> T named(
            Class<T> kind, List<HasMetadata> objects, String name) {
        List<T> found =
                Chart.of(kind, objects).stream()
                        .filter(object -> object.getMetadata().getName().equals(name))
                        .toList();
        assertThat(found).as("%s %s", kind.getSimpleName(), name).hasSize(1);
        return found.getFirst();
    }

    private static int port(Container container, String name) {
        return container.getPorts().stream()
                .filter(port -> port.getName().equals(name))
                .mapToInt(ContainerPort::getContainerPort)
                .findFirst()
                .orElseThrow();
    }

    /** The variable's literal value; empty when there is none. */
    private static String value(Workload workload, String variable) {
        return workload.container().getEnv().stream()
                .filter(candidate -> candidate.getName().equals(variable))
                .map(EnvVar::getValue)
                .findFirst()
                .orElse("");
    }
}
