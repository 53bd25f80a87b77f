package dev.vitrine.kernels.quantized;

/**
 * How far under the k-th best score an estimate may lie, for a query of length 1.
 *
 * @param distance of estimates from the weighted Hamming distance
 * @param estimate of estimates from bit planes
 */
record Margins(double distance, double estimate) {

    Margins wider(double factor) {
        return new Margins(distance * factor, estimate * factor);
    }

    Margins orWider(Margins other) {
        return new Margins(Math.max(distance, other.distance), Math.max(estimate, other.estimate));
    }
}
