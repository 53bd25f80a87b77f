@NullMarked
package dev.vitrine.contracts.index;

import org.jspecify.annotations.NullMarked;
