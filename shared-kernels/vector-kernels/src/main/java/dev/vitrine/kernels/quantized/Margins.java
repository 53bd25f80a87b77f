package dev.vitrine.kernels.quantized;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How far estimates may lie under the k-th best score for what they stand for to be worth a closer
 * look, for a query of length 1. Each is in units of how widely such estimates err, which for one
 * cluster or row is more than for another.
 *
 * @param reach of a cluster, from the estimate of its centroid's score; in radii of the cluster
 *     times {@link ClusterView#scale}
 * @param signs of a row, from signs against two bits a dimension of the query; in {@link
 *     ClusterView#unit units} of its cluster
 * @param planes of a row, from signs against four bits; in factors of the row
 */
record Margins(double reach, double signs, double planes) {

    void write(DataOutput out) throws IOException {
        out.writeDouble(reach);
        out.writeDouble(signs);
        out.writeDouble(planes);
    }

    static Margins read(DataInput in) throws IOException {
        return new Margins(in.readDouble(), in.readDouble(), in.readDouble());
    }
}
