package dev.vitrine.kernels.vector;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides which kernels a JVM gets, from what is known about that JVM. */
final class KernelChoice {

    static final String PROPERTY = "vitrine.kernels";

    static final String MODULE = "jdk.incubator.vector";

    private KernelChoice() {}

    /** The choice for this JVM. */
    static VectorKernels forThisJvm() {
        return choose(
                System.getProperty(PROPERTY),
                ModuleLayer.boot().findModule(MODULE).isPresent(),
                System.getProperty("java.vm.info", ""));
    }

    /**
     * Vector API where it is there and gets compiled, scalar otherwise, or as forced.
     *
     * @param forced value of {@link #PROPERTY}: {@code simd}, {@code scalar}, or absent
     * @param module whether the incubator module is in the boot layer
     * @param vmInfo the system property {@code java.vm.info}
     */
    static VectorKernels choose(@Nullable String forced, boolean module, String vmInfo) {
        String wish = forced == null ? "" : forced.strip().toLowerCase(Locale.ROOT);
        String reason = "-D" + PROPERTY + "=" + wish;
        return switch (wish) {
            case "scalar" -> new ScalarVectorKernels(reason);
            case "simd" -> {
                if (!module) {
                    throw new IllegalStateException(
                            reason + " needs the JVM option --add-modules " + MODULE);
                }
                yield new SimdVectorKernels(reason);
            }
            case "" -> {
                String obstacle = obstacle(module, vmInfo);
                yield obstacle.isEmpty()
                        ? new SimdVectorKernels("module " + MODULE + " is present")
                        : new ScalarVectorKernels(obstacle);
            }
            default ->
                    throw new IllegalArgumentException(
                            reason
                                    + " is neither simd nor scalar; leave it out to let Vitrine choose");
        };
    }

    private static String obstacle(boolean module, String vmInfo) {
        if (!module) {
            return "the JVM was started without --add-modules " + MODULE;
        }
        // Without C2 every vector operation allocates and runs some thousand times slower.
        if (vmInfo.contains("emulated-client") || vmInfo.contains("interpreted")) {
            return "the JVM runs without the C2 compiler (" + vmInfo + ")";
        }
        if (SimdVectorKernels.preferredBits() < 128) {
            return "the JVM prefers vectors of "
                    + SimdVectorKernels.preferredBits()
                    + " bits, less than 128";
        }
        return "";
    }
}
