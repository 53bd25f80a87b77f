/**
 * Requests that may be sent twice and take effect once. {@link
 * dev.vitrine.index.idempotency.IdempotencyKeys#once} is the whole of it.
 */
@NullMarked
package dev.vitrine.index.idempotency;

import org.jspecify.annotations.NullMarked;
