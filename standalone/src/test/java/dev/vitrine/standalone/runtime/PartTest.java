package dev.vitrine.standalone.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PartTest {

    /** The launcher knows services by name only, so their names are checked here. */
    @ParameterizedTest
    @EnumSource(
            value = Part.class,
            names = {"POSTGRESQL", "KAFKA"},
            mode = EnumSource.Mode.EXCLUDE)
    void application_ofEachService_hasAMain(Part service) throws ReflectiveOperationException {
        assertThat(
                        Class.forName(service.application())
                                .getDeclaredMethod("main", String[].class)
                                .getReturnType())
                .isEqualTo(void.class);
        assertThat(PartTest.class.getResource("/" + service.label() + ".yml")).isNotNull();
    }
}
