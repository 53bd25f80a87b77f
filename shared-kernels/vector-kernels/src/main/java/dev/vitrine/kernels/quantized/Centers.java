package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.SignBlock;

/**
 * Directions that rows are gathered around before clusters are made of them.
 *
 * <p>They have unit length, and rows are with the center of the best dot product.
 *
 * <p>Unchanging, for any number of threads.
 */
final class Centers {

    private final NativeRows directions;
    private final SignEncoder encoder;
    private final SignBlock[] signs;

    /**
     * @param directions of unit length
     * @param encoder makes codes of them, by which those near a row are found
     */
    Centers(NativeRows directions, SignEncoder encoder) {
        this.directions = directions;
        this.encoder = encoder;
        this.signs = new SignBlock[Math.ceilDiv(directions.count(), SignBlock.ROWS)];
        float[] direction = new float[directions.dimensions()];
        float[] rotated = new float[encoder.words() * Long.SIZE];
        long[] code = new long[encoder.words()];
        for (int c = 0; c < directions.count(); c++) {
            if (c % SignBlock.ROWS == 0) {
                signs[c / SignBlock.ROWS] = SignBlock.allocate(encoder.words());
            }
            directions.get(c, direction);
            encoder.encode(direction, rotated, code);
            signs[c / SignBlock.ROWS].set(c % SignBlock.ROWS, code);
        }
    }

    int count() {
        return directions.count();
    }

    NativeRows directions() {
        return directions;
    }

    SignEncoder encoder() {
        return encoder;
    }

    SignBlock[] signs() {
        return signs;
    }
}
