@NullMarked
package dev.vitrine.index.scan;

import org.jspecify.annotations.NullMarked;
