/**
 * The event log's front door: events of shops and browsers ({@link
 * dev.vitrine.gateway.event.EventIntake}), and those that the gateway writes about what it served
 * itself ({@link dev.vitrine.gateway.event.ServedLog}, which the other features may use).
 */
@NullMarked
package dev.vitrine.gateway.event;

import org.jspecify.annotations.NullMarked;
