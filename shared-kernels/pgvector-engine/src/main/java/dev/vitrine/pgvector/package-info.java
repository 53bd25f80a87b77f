/**
 * The port of the vector engine over PostgreSQL with pgvector.
 *
 * <p>Read {@link dev.vitrine.pgvector.PgvectorEngine} first; {@code VectorTable} holds all SQL.
 */
@NullMarked
package dev.vitrine.pgvector;

import org.jspecify.annotations.NullMarked;
