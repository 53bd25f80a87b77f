/** The port's suite over a real PostgreSQL. */
@NullMarked
package dev.vitrine.pgvector;

import org.jspecify.annotations.NullMarked;
