/** The web page and what it needs to know. */
@NullMarked
package dev.vitrine.gateway.console;

import org.jspecify.annotations.NullMarked;
