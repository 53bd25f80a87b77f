@NullMarked
package dev.vitrine.index.idempotency;

import org.jspecify.annotations.NullMarked;
