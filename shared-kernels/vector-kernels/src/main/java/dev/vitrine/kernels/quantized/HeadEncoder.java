package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.ByteBlock;
import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.VectorMath;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Codes of the directions in which rows differ most, with bounds on what the others can add.
 *
 * <p>With a center c, axes P and a row {@code x - c = P'y + t}, y a code, t all that it leaves out;
 * a query {@code q = P'z + s} likewise (P' is P transposed). Then
 *
 * <pre>{@code
 * <x, q> = <c, q> + <y, z> + <y, P q - z> + <P t, z> + <t, s>
 * }</pre>
 *
 * whatever P, y and z are, and by Cauchy and Schwarz the last three are at most {@code |y| |P q -
 * z| + |P t| |z| + |t| |s|}. With orthonormal axes {@code P t} and {@code P q - z} are the errors
 * of the codes. How far the stored axes are from orthonormal and how the projection rounds is in
 * the bounds.
 *
 * <p>Unchanging, for any number of threads.
 */
final class HeadEncoder {

    private static final int LIMIT = 127;

    /** Squared lengths outside of this leave the range in which float arithmetic keeps its word. */
    private static final double SQUARES_MIN = 1e-50;

    private static final double SQUARES_MAX = 1e50;

    private final float[] center;
    private final NativeRows axes;
    private final double centerLength;
    private final double defect;
    private final int codeLength;

    /**
     * Takes what was learned.
     *
     * @param axes nearly orthonormal, one a row
     */
    HeadEncoder(float[] center, NativeRows axes) {
        this.center = center;
        this.axes = axes;
        this.centerLength = Math.sqrt(Rounding.squares(center));
        this.defect = defectOf(axes);
        this.codeLength = (axes.count() + ByteBlock.GROUP - 1) / ByteBlock.GROUP * ByteBlock.GROUP;
    }

    void write(DataOutput out) throws IOException {
        FloatArrays.write(out, center);
        out.writeInt(axes.count());
        float[] axis = new float[axes.dimensions()];
        for (int a = 0; a < axes.count(); a++) {
            axes.get(a, axis);
            FloatArrays.write(out, axis);
        }
    }

    static HeadEncoder read(DataInput in, int dimensions) throws IOException {
        float[] center = FloatArrays.read(in, dimensions);
        NativeRows axes = NativeRows.allocate(dimensions, in.readInt());
        for (int a = 0; a < axes.count(); a++) {
            axes.set(a, FloatArrays.read(in, dimensions));
        }
        return new HeadEncoder(center, axes);
    }

    /** Directions of a head. */
    int directions() {
        return axes.count();
    }

    /** Components of a code: {@link #directions} and zeros. */
    int codeLength() {
        return codeLength;
    }

    /**
     * Encodes a row of finite components.
     *
     * @param centered scratch, as long as a row
     * @param projected scratch of {@link #directions}
     * @param code receives {@link #codeLength} components
     */
    HeadCode encode(float[] row, float[] centered, float[] projected, byte[] code) {
        for (int i = 0; i < row.length; i++) {
            centered[i] = row[i] - center[i];
        }
        Arrays.fill(code, (byte) 0);
        double squares = Rounding.squares(centered);
        if (!inRange(squares)) {
            return squares == 0 ? new HeadCode(0, 0, 0, 0) : HeadCode.NONE;
        }
        VectorMath.dotBlock(centered, axes, 0, projected.length, projected, 0);
        float largest = 0;
        for (float component : projected) {
            largest = Math.max(largest, Math.abs(component));
        }
        float step = largest / LIMIT;
        float perStep = Rounding.perStep(step);
        double errors = 0;
        double lengths = 0;
        double products = 0;
        for (int i = 0; i < projected.length; i++) {
            int units = Math.clamp(Rounding.nearest(projected[i] * perStep), -LIMIT, LIMIT);
            code[i] = (byte) units;
            double decoded = (double) step * units;
            double error = projected[i] - decoded;
            errors += error * error;
            lengths += decoded * decoded;
            products += decoded * projected[i];
        }
        return bounded(step, squares, errors, lengths, products);
    }

    /** Prepares a query of finite components. */
    HeadQuery query(float[] query) {
        int[] code = new int[codeLength];
        double squares = Rounding.squares(query);
        HeadCode of = squares == 0 ? new HeadCode(0, 0, 0, 0) : HeadCode.NONE;
        if (inRange(squares)) {
            of = encodeQuery(query, squares, code);
        }
        double centerScore = 0;
        for (int i = 0; i < query.length; i++) {
            centerScore += (double) query[i] * center[i];
        }
        // The exact score is a rounded sum: see ByteQuery.
        double rounding = Rounding.ofScore(query.length, Math.sqrt(squares));
        double underflow = Rounding.underflow(query.length);
        return new HeadQuery(code, of, centerScore, centerLength, rounding, underflow);
    }

    private HeadCode encodeQuery(float[] query, double squares, int[] code) {
        float[] projected = new float[codeLength];
        VectorMath.dotBlock(query, axes, 0, axes.count(), projected, 0);
        float largest = 0;
        for (int group = 0; group < codeLength; group += ByteBlock.GROUP) {
            float sum = 0;
            for (int i = group; i < group + ByteBlock.GROUP; i++) {
                sum += Math.abs(projected[i]);
            }
            largest = Math.max(largest, sum);
        }
        // Rounding may add half a unit to each component.
        float step = largest / (ByteBlock.GROUP_SUM_MAX - ByteBlock.GROUP / 2 - 1);
        float perStep = Rounding.perStep(step);
        double errors = 0;
        double lengths = 0;
        double products = 0;
        for (int i = 0; i < codeLength; i++) {
            code[i] = Rounding.nearest(projected[i] * perStep);
            double decoded = (double) step * code[i];
            double error = projected[i] - decoded;
            errors += error * error;
            lengths += decoded * decoded;
            products += decoded * projected[i];
        }
        return bounded(step, squares, errors, lengths, products);
    }

    /**
     * Bounds from sums over the components of a code.
     *
     * @param squares of the vector
     * @param errors squares of projection less code
     * @param lengths squares of the code
     * @param products of projection and code
     */
    private HeadCode bounded(
            double step, double squares, double errors, double lengths, double products) {
        double length = Math.sqrt(lengths);
        double slack =
                (center.length + 4)
                        * Rounding.OFF
                        * Math.sqrt(axes.count() * squares)
                        * (1 + defect);
        // |v - P'y|^2 = |v|^2 - 2 <P v, y> + |P'y|^2
        double restSquares = squares - 2 * products + (1 + defect) * lengths + 2 * slack * length;
        double rest = Math.sqrt(Math.max(0, restSquares)) + 1e-6 * Math.sqrt(squares);
        return new HeadCode(step, Math.sqrt(errors) + slack + defect * length, length, rest);
    }

    private static boolean inRange(double squares) {
        return squares >= SQUARES_MIN && squares <= SQUARES_MAX;
    }

    /** Frobenius norm of {@code P P' - 1}, an upper bound of its spectral norm. */
    private static double defectOf(NativeRows axes) {
        float[] a = new float[axes.dimensions()];
        float[] b = new float[axes.dimensions()];
        double squares = 0;
        for (int i = 0; i < axes.count(); i++) {
            axes.get(i, a);
            for (int j = 0; j <= i; j++) {
                axes.get(j, b);
                double dot = i == j ? -1 : 0;
                for (int d = 0; d < a.length; d++) {
                    dot += (double) a[d] * b[d];
                }
                squares += (i == j ? 1 : 2) * dot * dot;
            }
        }
        return Math.sqrt(squares);
    }
}
