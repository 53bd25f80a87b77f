@NullMarked
package dev.vitrine.standalone.drill;

import org.jspecify.annotations.NullMarked;
