/** Similar products: the recommender picks, the shard gives the fields, the index stands in. */
@NullMarked
package dev.vitrine.gateway.recommend;

import org.jspecify.annotations.NullMarked;
