/**
 * PostgreSQL with pgvector and a single-node Kafka, started from Maven artifacts without a
 * container engine and without root.
 *
 * <p>Read first: {@link dev.vitrine.embedded.EmbeddedPostgresql} and {@link
 * dev.vitrine.embedded.EmbeddedKafka}; each takes a settings record and is closed by its owner.
 * {@link dev.vitrine.embedded.PgvectorInstaller} explains how the extension gets in. Used by the
 * one-command product in its main code and by the tests of every service.
 */
@NullMarked
package dev.vitrine.embedded;

import org.jspecify.annotations.NullMarked;
