@NullMarked
package dev.vitrine.index.column;

import org.jspecify.annotations.NullMarked;
