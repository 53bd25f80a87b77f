package dev.vitrine.kernels.quantized;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How old what was learned is, which decides when it is due again.
 *
 * @param changesSinceLearned changes since rotation, center and axes were learned
 * @param rangesLearned ranges that were known then
 * @param changesSincePlanned changes since the plan was found
 * @param queriesPlanned queries that had been taken then
 */
record Tended(
        long changesSinceLearned,
        long rangesLearned,
        long changesSincePlanned,
        long queriesPlanned) {

    void write(DataOutput out) throws IOException {
        out.writeLong(changesSinceLearned);
        out.writeLong(rangesLearned);
        out.writeLong(changesSincePlanned);
        out.writeLong(queriesPlanned);
    }

    static Tended read(DataInput in) throws IOException {
        return new Tended(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
