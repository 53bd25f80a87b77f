/**
 * Work that goes on after its request was answered. The writer keeps tasks; that a write becomes
 * searchable needs none, its name says all ({@link dev.vitrine.gateway.task.SearchableTask}).
 */
@NullMarked
package dev.vitrine.gateway.task;

import org.jspecify.annotations.NullMarked;
