/**
 * Attributes by ordinal: what filters, facets, sorting and returned fields read.
 *
 * <p>{@link dev.vitrine.index.column.ColumnStore} takes products in (one writer), {@link
 * dev.vitrine.index.column.ColumnView} is the unchanging state of one generation. Over a view work
 * {@link dev.vitrine.index.column.FilterEvaluator}, {@link dev.vitrine.index.column.FacetCounter}
 * and {@link dev.vitrine.index.column.SortOrder}, all of them on words of 64 ordinals. Read {@code
 * PageTable} first: it explains the layout.
 */
@NullMarked
package dev.vitrine.index.column;

import org.jspecify.annotations.NullMarked;
