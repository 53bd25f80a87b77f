/**
 * Faults on purpose, with real processes: parts are killed while a shop writes, searches and sends
 * events, and afterwards everything that was acknowledged is looked for in every place. Read {@link
 * dev.vitrine.standalone.drill.KillDrill} first.
 */
@NullMarked
package dev.vitrine.standalone.drill;

import org.jspecify.annotations.NullMarked;
