@NullMarked
package dev.vitrine.index.store;

import org.jspecify.annotations.NullMarked;
