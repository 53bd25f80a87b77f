/**
 * The state topics become generations: what a shard knows, how changes get in, and when they show.
 *
 * <p>Read {@code Shard} first, then {@code CatalogShard} (what one record changes), {@code
 * TopicApplier} (records to changes), {@code ShardLifecycle} (threads, start and end) and {@code
 * SnapshotKeeper}. One lock guards all of the writing side; searches take none.
 */
@NullMarked
package dev.vitrine.index.apply;

import org.jspecify.annotations.NullMarked;
