/**
 * Vector engines side by side: recall against queries per second. Read {@code VectorRun} first.
 * What is measured is behind {@code VectorIndex}; how the peers are set is in {@code
 * peer.PeerSettings}.
 */
@NullMarked
package dev.vitrine.benchmarks.vectors;

import org.jspecify.annotations.NullMarked;
