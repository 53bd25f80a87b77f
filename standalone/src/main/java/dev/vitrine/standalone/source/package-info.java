/**
 * Reads product files from outside: NDJSON and CSV of any common dialect, plain, gzip or zstd, as a
 * sample for the schema and as bounded batches for the import. Read {@link
 * dev.vitrine.standalone.source.ProductFile} first.
 */
@NullMarked
package dev.vitrine.standalone.source;

import org.jspecify.annotations.NullMarked;
