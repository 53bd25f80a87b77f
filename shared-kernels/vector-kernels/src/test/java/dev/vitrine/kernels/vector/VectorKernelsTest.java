package dev.vitrine.kernels.vector;

import static dev.vitrine.kernels.vector.TestVectors.filled;
import static dev.vitrine.kernels.vector.TestVectors.gaussian;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kernels of this JVM against the scalar specification and against double precision.
 *
 * <p>The build runs this class at 128, 256 and 512 bits and without the incubator module; the
 * system property {@code expected.kernel} says which kernels must be found.
 */
@Tag("width")
class VectorKernelsTest {

    private static final System.Logger LOG = System.getLogger(VectorKernelsTest.class.getName());

    private static final float SENTINEL = 77f;

    private final VectorKernels specification = new ScalarVectorKernels("specification");

    @Test
    void selection_isTheOneThisRunIsFor() {
        String expected = System.getProperty("expected.kernel", "");
        KernelSelection found = VectorMath.selection();
        assertThat(expected).as("set by the build").matches("scalar|simd-(128|256|512)");
        if (expected.startsWith("simd-")) {
            int bits = Integer.parseInt(expected.substring("simd-".length()));
            int widest = 8 * Integer.parseInt(vmOption("MaxVectorSize"));
            if (widest < bits) {
                // The JVM lowers the option to what the CPU can do; only then less is right.
                LOG.log(
                        System.Logger.Level.WARNING,
                        "NOT TESTED at {0} bits: this CPU or JVM has only {1}, tested at these",
                        bits,
                        widest);
                expected = "simd-" + widest;
            }
        }
        assertThat(found.name()).as(found.reason()).isEqualTo(expected);
        assertThat(found.simd()).isEqualTo(!expected.equals("scalar"));
        assertThat("simd-" + found.bits()).isEqualTo(found.simd() ? expected : "simd-0");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 65, 127, 383, 384, 385, 1000
            })
    void allForms_oddSizesAndOffsets_areWithinRoundingAndEqualEachOther(int dimensions) {
        Random random = new Random(dimensions);
        int count = 23;
        NativeRows rows = NativeRows.allocate(dimensions, count);
        float[][] vectors = new float[count][];
        for (int r = 0; r < count; r++) {
            vectors[r] = gaussian(random, dimensions);
            rows.set(r, vectors[r]);
        }
        float[] query = gaussian(random, dimensions);
        for (int first = 0; first < 5; first++) {
            for (int n = 0; n <= 10; n++) {
                int offset = first + 1;
                float[] block = sentinels(n + offset + 1);
                VectorMath.dotBlock(query, rows, first, n, block, offset);
                int[] rowNumbers = new int[n];
                for (int i = 0; i < n; i++) {
                    rowNumbers[i] = first + n - 1 - i;
                }
                float[] listed = sentinels(n + 1);
                VectorMath.dotRows(query, rows, rowNumbers, n, listed);
                NativeRows[] places = new NativeRows[n];
                Arrays.fill(places, rows);
                float[] each = sentinels(n + 1);
                VectorMath.dotEach(query, places, rowNumbers, n, each);
                assertThat(each).isEqualTo(listed);

                assertThat(block[offset - 1]).isEqualTo(SENTINEL);
                assertThat(block[offset + n]).isEqualTo(SENTINEL);
                assertThat(listed[n]).isEqualTo(SENTINEL);
                for (int i = 0; i < n; i++) {
                    float[] vector = vectors[first + i];
                    float score = block[offset + i];
                    assertWithinRounding(score, query, vector);
                    assertThat(listed[n - 1 - i]).isEqualTo(score);
                    assertThat(VectorMath.dot(query, vector)).isEqualTo(score);
                    assertThat(VectorMath.dot(query, rows, first + i)).isEqualTo(score);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 33, 64, 100})
    void allForms_extremes_followIeee754AsTheSpecificationDoes(int dimensions) {
        float[][] values = {
            filled(dimensions, 0f),
            filled(dimensions, -0f),
            filled(dimensions, Float.MIN_VALUE),
            filled(dimensions, Float.MIN_NORMAL),
            filled(dimensions, Float.MAX_VALUE),
            filled(dimensions, -Float.MAX_VALUE),
            filled(dimensions, Float.POSITIVE_INFINITY),
            filled(dimensions, Float.NEGATIVE_INFINITY),
            filled(dimensions, Float.NaN),
            filled(dimensions, 1f),
        };
        NativeRows rows = NativeRows.allocate(dimensions, values.length);
        for (int r = 0; r < values.length; r++) {
            rows.set(r, values[r]);
        }
        float[] expected = new float[values.length];
        float[] actual = new float[values.length];
        for (float[] query : values) {
            specification.dotBlock(query, rows, 0, values.length, expected, 0);
            VectorMath.dotBlock(query, rows, 0, values.length, actual, 0);
            for (int r = 0; r < values.length; r++) {
                // Every product of a row is the same number here, so that the order of additions
                // matters for rounding only.
                float tolerance = Math.abs(expected[r]) * dimensions * 0x1p-23f;
                if (Float.isFinite(expected[r])) {
                    assertThat(Math.abs(actual[r] - expected[r])).isLessThanOrEqualTo(tolerance);
                } else {
                    // Boxed, because NaN is equal to NaN there.
                    assertThat(actual[r]).isEqualTo(Float.valueOf(expected[r]));
                }
                assertThat(VectorMath.dot(query, values[r])).isEqualTo(Float.valueOf(actual[r]));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 16, 37, 384})
    void allForms_oneNaNAnywhere_givesNaN(int dimensions) {
        NativeRows rows = NativeRows.allocate(dimensions, 5);
        float[] query = filled(dimensions, 1f);
        for (int place = 0; place < dimensions; place++) {
            float[] vector = filled(dimensions, 1f);
            vector[place] = Float.NaN;
            rows.set(0, vector);
            rows.set(4, vector);
            float[] scores = new float[5];
            VectorMath.dotBlock(query, rows, 0, 5, scores, 0);
            assertThat(scores[0]).isNaN();
            assertThat(scores[1]).isZero();
            assertThat(scores[4]).isNaN();
            assertThat(VectorMath.dot(vector, query)).isNaN();
        }
    }

    @Test
    void dotRows_sameRowTwice_scoresItTwice() {
        NativeRows rows = NativeRows.allocate(2, 3);
        rows.set(2, new float[] {3f, 4f});
        float[] scores = new float[5];
        VectorMath.dotRows(new float[] {1f, 1f}, rows, new int[] {2, 2, 0, 2, 2}, 5, scores);
        assertThat(scores).containsExactly(7f, 7f, 0f, 7f, 7f);
    }

    /**
     * Adding n rounded products in any order errs by less than n units of roundoff (2^-24) of the
     * sum of the absolute products, to first order (Higham, Accuracy and Stability, section 3.1);
     * one more unit covers the higher orders at these sizes.
     */
    private void assertWithinRounding(float score, float[] a, float[] b) {
        double exact = 0;
        double absolute = 0;
        for (int i = 0; i < a.length; i++) {
            exact += (double) a[i] * b[i];
            absolute += Math.abs((double) a[i] * b[i]);
        }
        double bound = (a.length + 1) * 0x1p-24 * absolute;
        assertThat(Math.abs(score - exact)).isLessThanOrEqualTo(bound);
        assertThat(Math.abs(specification.dot(a, b) - exact)).isLessThanOrEqualTo(bound);
    }

    private static String vmOption(String name) {
        return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption(name)
                .getValue();
    }

    private static float[] sentinels(int length) {
        return filled(length, SENTINEL);
    }
}
