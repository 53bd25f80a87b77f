/**
 * embedding-service: texts to vectors. {@code encode} holds the model and the lanes to it, {@code
 * cache} the vectors of recent queries, {@code request} answers other services over HTTP, {@code
 * catalog} follows the product topic and publishes a vector for each product. Read {@code encode}
 * first; nothing outside this module uses its classes but {@code standalone}, which takes {@link
 * dev.vitrine.embedding.encode.Encoder} from the context.
 */
@NullMarked
package dev.vitrine.embedding;

import org.jspecify.annotations.NullMarked;
