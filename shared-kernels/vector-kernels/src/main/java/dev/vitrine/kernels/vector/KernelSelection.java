package dev.vitrine.kernels.vector;

import java.util.Objects;

/**
 * Which kernels this JVM computes with, and why.
 *
 * @param name stable name for logs, information endpoints and metric tags: {@code scalar}, {@code
 *     simd-128}, {@code simd-256} or {@code simd-512}
 * @param bits width of one vector register in bits; 0 for scalar
 * @param reason one sentence for a reader who wonders why it is not another one
 */
public record KernelSelection(String name, int bits, String reason) {

    /** Checks that nothing is missing. */
    public KernelSelection {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(reason, "reason");
        if (name.isBlank() || reason.isBlank() || bits < 0) {
            throw new IllegalArgumentException(
                    "a kernel selection needs a name, bits and a reason");
        }
    }

    /** Whether the kernels use vector registers. */
    public boolean simd() {
        return bits > 0;
    }
}
