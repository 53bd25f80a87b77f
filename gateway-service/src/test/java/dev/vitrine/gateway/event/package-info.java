@NullMarked
package dev.vitrine.gateway.event;

import org.jspecify.annotations.NullMarked;
