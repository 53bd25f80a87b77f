package dev.vitrine.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KernelChoiceTest {

    private static final String MIXED = "mixed mode, sharing";

    @Test
    void choose_moduleAndCompiler_takesSimd() {
        KernelSelection selection = KernelChoice.choose(null, true, MIXED).selection();
        assertThat(selection.name()).isEqualTo("simd-" + selection.bits());
        assertThat(selection.reason()).isEqualTo("module jdk.incubator.vector is present");
    }

    @Test
    void choose_noModule_takesScalarAndSaysWhichOptionIsMissing() {
        KernelSelection selection = KernelChoice.choose("", false, MIXED).selection();
        assertThat(selection)
                .isEqualTo(
                        new KernelSelection(
                                "scalar",
                                0,
                                "the JVM was started without --add-modules jdk.incubator.vector"));
    }

    @Test
    void choose_noC2_takesScalar() {
        // What -XX:TieredStopAtLevel=1 and -Xint report.
        for (String vmInfo : new String[] {"mixed mode, emulated-client", "interpreted mode"}) {
            KernelSelection selection = KernelChoice.choose(null, true, vmInfo).selection();
            assertThat(selection.name()).isEqualTo("scalar");
            assertThat(selection.reason()).contains(vmInfo);
        }
    }

    @Test
    void choose_forced_doesAsTold() {
        assertThat(KernelChoice.choose("scalar", true, MIXED).selection().reason())
                .isEqualTo("-Dvitrine.kernels=scalar");
        assertThat(KernelChoice.choose(" SIMD ", true, "interpreted mode").selection().simd())
                .isTrue();
    }

    @Test
    void choose_simdForcedWithoutModule_fails() {
        assertThatThrownBy(() -> KernelChoice.choose("simd", false, MIXED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "-Dvitrine.kernels=simd needs the JVM option"
                                + " --add-modules jdk.incubator.vector");
    }

    @Test
    void choose_unknownWish_fails() {
        assertThatThrownBy(() -> KernelChoice.choose("fast", true, MIXED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neither simd nor scalar");
    }
}
