/**
 * A search plan becomes a page: {@link dev.vitrine.index.execute.PlanExecutor} reads one {@link
 * dev.vitrine.index.execute.Generation} from start to end. Read {@code PlanExecutor.execute} first:
 * it is the whole flow in one method.
 */
@NullMarked
package dev.vitrine.index.execute;

import org.jspecify.annotations.NullMarked;
