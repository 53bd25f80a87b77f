package dev.vitrine.kernels.quantized;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What was learned, without the codes that were made with it.
 *
 * @param heads makes heads
 * @param signs makes sign codes
 * @param plan how sign codes are searched
 * @param targetRecall what the plan was found for
 */
record LearnedState(HeadEncoder heads, SignEncoder signs, SearchPlan plan, double targetRecall) {

    void write(DataOutput out) throws IOException {
        out.writeDouble(targetRecall);
        plan.write(out);
        heads.write(out);
        signs.write(out);
    }

    static LearnedState read(DataInput in, int dimensions) throws IOException {
        double targetRecall = in.readDouble();
        SearchPlan plan = SearchPlan.read(in);
        HeadEncoder heads = HeadEncoder.read(in, dimensions);
        return new LearnedState(heads, SignEncoder.read(in, dimensions), plan, targetRecall);
    }
}
