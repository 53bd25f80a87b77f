/**
 * Faults on purpose, with real processes: parts are killed or kept away while a shop writes,
 * searches and sends events, and afterwards everything that was acknowledged is looked for in every
 * place. Read {@link dev.vitrine.standalone.drill.Drill} first.
 */
@NullMarked
package dev.vitrine.standalone.drill;

import org.jspecify.annotations.NullMarked;
