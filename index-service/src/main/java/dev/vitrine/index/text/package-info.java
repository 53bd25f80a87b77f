/**
 * Text search over Lucene: one index per catalogue, near real time, addressed by ordinal.
 *
 * <p>{@link dev.vitrine.index.text.TextIndex} takes products in (one writer), {@link
 * dev.vitrine.index.text.TextView} is the unchanging state of one generation. How texts become
 * terms is decided in {@code TextScanner} alone, for products, queries and highlights alike: read
 * it first.
 */
@NullMarked
package dev.vitrine.index.text;

import org.jspecify.annotations.NullMarked;
