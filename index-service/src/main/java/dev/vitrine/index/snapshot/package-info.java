/**
 * What a shard keeps on disk, so that a restart does not rebuild it.
 *
 * <p>{@link dev.vitrine.index.snapshot.SnapshotStore} writes and reads; nothing here knows how the
 * state came about. A snapshot is derived state: when it is damaged or missing, the topics are read
 * from their beginning.
 */
@NullMarked
package dev.vitrine.index.snapshot;

import org.jspecify.annotations.NullMarked;
