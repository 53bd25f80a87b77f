package dev.vitrine.kernels.quantized;

/** Nor do clusters decay. */
class ClusteredChurnTest extends ChurnTest {

    @Override
    QuantizedVectorEngine engine(int dimensions, int rows, double target) {
        return new QuantizedVectorEngine(
                dimensions, rows, target, QuantizedVectorEngine.EXACT_ROWS, Clustering.ALWAYS);
    }
}
