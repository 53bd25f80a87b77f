@NullMarked
package dev.vitrine.index;

import org.jspecify.annotations.NullMarked;
