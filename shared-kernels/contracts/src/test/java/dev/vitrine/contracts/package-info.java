@NullMarked
package dev.vitrine.contracts;

import org.jspecify.annotations.NullMarked;
