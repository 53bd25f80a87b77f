@NullMarked
package dev.vitrine.index.apply;

import org.jspecify.annotations.NullMarked;
