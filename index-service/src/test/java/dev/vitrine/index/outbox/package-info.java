@NullMarked
package dev.vitrine.index.outbox;

import org.jspecify.annotations.NullMarked;
