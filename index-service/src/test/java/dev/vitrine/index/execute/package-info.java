@NullMarked
package dev.vitrine.index.execute;

import org.jspecify.annotations.NullMarked;
