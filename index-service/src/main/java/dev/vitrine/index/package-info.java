/**
 * index-service: the catalogue and its search index. Two roles in one artefact, see {@link
 * dev.vitrine.index.role.Role}. Writer: {@code catalog} (the one way in for writes), {@code outbox}
 * (committed changes to Kafka), {@code store} (vectors beside the products). Shard: {@code apply},
 * {@code text}, {@code vector}, {@code column}, {@code execute}, {@code snapshot}. The roles share
 * no Java, only topics.
 */
@NullMarked
package dev.vitrine.index;

import org.jspecify.annotations.NullMarked;
