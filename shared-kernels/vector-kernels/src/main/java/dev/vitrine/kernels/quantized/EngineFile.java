package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.blockfile.BlockFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;

/**
 * The sections of an engine's file. Of the paged ones each has a block for every page that holds a
 * row, as it lies in memory, and behind it the numbers that are kept beside a page.
 */
final class EngineFile {

    /** Words of presence, one for each page; absent without rows. */
    static final String PRESENCE = "presence";

    /** {@link Tended}. */
    static final String TENDED = "tended";

    /** {@link LearnedState}; absent while nothing is learned, and heads and signs with it. */
    static final String LEARNED = "learned";

    static final String FLOATS = "floats";
    static final String BYTES = "bytes";
    static final String HEADS = "heads";
    static final String SIGNS = "signs";

    /** Words of presence, one for each cluster; absent without rows in clusters. */
    static final String SLOTS = "slots";

    /** {@link CentroidPage}s; absent where there are no clusters, and these with them. */
    static final String CENTROIDS = "centroid";

    /** {@link ClusterPage}s. */
    static final String CLUSTERS = "clusters";

    private EngineFile() {}

    /** Writes values that are no rows. */
    @FunctionalInterface
    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    /** Reads them. */
    @FunctionalInterface
    interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    static byte[] encode(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        }
        return bytes.toByteArray();
    }

    static <T> T decode(BlockFile file, String section, Reading<T> reading) throws IOException {
        byte[] bytes = file.section(section).block(0).toArray(ValueLayout.JAVA_BYTE);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return reading.from(in);
        }
    }
}
