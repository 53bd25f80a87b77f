/**
 * The writer's side of a shard without a snapshot: everything that PostgreSQL holds, in one scan of
 * one moment. Read {@code StateScan}.
 */
@NullMarked
package dev.vitrine.index.scan;

import org.jspecify.annotations.NullMarked;
