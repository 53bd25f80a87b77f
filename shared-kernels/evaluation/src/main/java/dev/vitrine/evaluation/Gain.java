package dev.vitrine.evaluation;

/** What a grade is worth in discounted cumulative gain. */
public enum Gain {
    /** 2^grade - 1, as in Burges et al. 2005; grade 3 is worth seven times grade 1. */
    EXPONENTIAL {
        @Override
        double of(double grade) {
            return Math.pow(2, grade) - 1;
        }
    },

    /** The grade itself, as in Järvelin and Kekäläinen 2002 and in trec_eval. */
    LINEAR {
        @Override
        double of(double grade) {
            return grade;
        }
    };

    /** The gain of a grade of 0 or more; 0 for grade 0. */
    abstract double of(double grade);
}
