package dev.vitrine.index.task;

/** Something that grows and has to be swept now and then; called every few seconds. */
public interface Housekeeping {

    /** Removes what is too old, within a transaction of the caller. */
    void tidy();
}
