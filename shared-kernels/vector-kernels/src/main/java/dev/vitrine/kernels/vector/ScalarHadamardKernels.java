package dev.vitrine.kernels.vector;

/** The specification: butterflies of distance 1, 2, 4, ... */
final class ScalarHadamardKernels implements HadamardKernels {

    @Override
    public void transform(float[] data, int from, int length) {
        for (int distance = 1; distance < length; distance *= 2) {
            for (int start = from; start < from + length; start += 2 * distance) {
                for (int i = start; i < start + distance; i++) {
                    float a = data[i];
                    float b = data[i + distance];
                    data[i] = a + b;
                    data[i + distance] = a - b;
                }
            }
        }
    }
}
