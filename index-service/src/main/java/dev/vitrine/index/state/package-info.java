/** What the writer streams to a shard that has no snapshot; the one thing that both roles know. */
@NullMarked
package dev.vitrine.index.state;

import org.jspecify.annotations.NullMarked;
