package dev.vitrine.benchmarks.kernels;

import dev.vitrine.kernels.projection.HadamardRotation;
import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.VectorMath;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Rotating one vector: by Walsh-Hadamard transforms, and by the matrix of the same rotation. */
final class RotationKernels {

    private static final int SEED = 20_261_126;

    private RotationKernels() {}

    /** The matrix lies in the caches, as it does when many vectors are rotated. */
    static List<KernelGroup> groups(int dimensions) {
        HadamardRotation rotation = new HadamardRotation(dimensions, SEED);
        NativeRows matrix = matrix(rotation);
        float[] vector = FloatKernels.unit(dimensions, new Random(SEED));
        float[] rotated = new float[dimensions];
        return List.of(
                new KernelGroup(
                        "rotation of a vector",
                        "caches",
                        1,
                        dimensions * Float.BYTES,
                        List.of(
                                new RowKernel(
                                        "ours",
                                        "HadamardRotation.rotate",
                                        () -> {
                                            System.arraycopy(vector, 0, rotated, 0, dimensions);
                                            rotation.rotate(rotated);
                                            return rotated[0];
                                        }),
                                new RowKernel(
                                        "ours",
                                        "VectorMath.dotBlock",
                                        () -> {
                                            VectorMath.dotBlock(
                                                    vector, matrix, 0, dimensions, rotated, 0);
                                            return rotated[0];
                                        }))));
    }

    /** Row i holds component i of all rotated axes. */
    private static NativeRows matrix(HadamardRotation rotation) {
        int dimensions = rotation.dimensions();
        NativeRows matrix = NativeRows.allocate(dimensions, dimensions);
        float[] row = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            // The rotation is orthogonal: its transpose turns back.
            Arrays.fill(row, 0);
            row[i] = 1;
            rotation.rotateBack(row);
            matrix.set(i, row);
        }
        return matrix;
    }
}
