package dev.vitrine.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ServiceArtifactTest {

    static final List<String> NAMES = ServiceArtifact.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void artifact_isWhatTheServiceSays(String name) throws ClassNotFoundException {
        ServiceArtifact artifact =
                new ServiceArtifact(name, Path.of(name + ".jar"), List.of(), List.of());
        ServiceConfiguration service = ServiceConfiguration.of(name);
        assertThat(service.setting("spring.application.name")).isEqualTo(name);
        assertThat(Class.forName(artifact.mainClass())).hasMethods("main");
        // The incubating module slows every start down, so only those get it that need it.
        assertThat(artifact.hasKernels())
                .isEqualTo(service.setting("vitrine.kernels.enabled").equals("true"));
    }
}
