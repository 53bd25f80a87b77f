package dev.vitrine.index.command;

/**
 * How new a record is: by what its source says, and by its place in the topic.
 *
 * @param version the source's own number of the change, {@code lsn} or {@code ts_ms}; {@link
 *     #UNKNOWN} when it says none
 * @param time when the source made the change, else the record's timestamp; milliseconds
 * @param partition partition of the record
 * @param offset offset of the record
 */
record SourcePosition(long version, long time, int partition, long offset) {

    static final long UNKNOWN = -1;

    /**
     * Whether this record of a product is news after that one of the same product and topic.
     *
     * <p>A record is old only when everything that it says about its age says so. A number alone
     * would not do: a topic that is made anew counts its offsets from 0, and a database that is
     * restored elsewhere counts its log anew; both would be ignored for ever. Their times go on.
     */
    boolean isNewsAfter(SourcePosition known) {
        if (version != UNKNOWN && known.version != UNKNOWN && version != known.version) {
            return version > known.version || time > known.time;
        }
        return partition != known.partition || offset > known.offset || time > known.time;
    }

    /**
     * What to remember after this record: a tombstone has no version, its product keeps the last.
     */
    SourcePosition after(SourcePosition known) {
        return version == UNKNOWN
                ? new SourcePosition(known.version, Math.max(time, known.time), partition, offset)
                : this;
    }
}
