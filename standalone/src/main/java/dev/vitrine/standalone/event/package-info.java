/**
 * Files of events and how they become events of the interface. Read first: {@link
 * dev.vitrine.standalone.event.EventFormat}.
 */
@NullMarked
package dev.vitrine.standalone.event;

import org.jspecify.annotations.NullMarked;
