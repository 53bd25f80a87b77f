/**
 * Small Spring glue that every service uses: problems, deadlines, calls to other parts, events and
 * state topics. Read {@link dev.vitrine.servicekit.ServiceKitConfiguration} first; it names all
 * that becomes a bean and the property that asks for it.
 */
@NullMarked
package dev.vitrine.servicekit;

import org.jspecify.annotations.NullMarked;
