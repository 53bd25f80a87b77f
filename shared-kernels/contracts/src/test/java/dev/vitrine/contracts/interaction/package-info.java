@NullMarked
package dev.vitrine.contracts.interaction;

import org.jspecify.annotations.NullMarked;
