@NullMarked
package dev.vitrine.index.snapshot;

import org.jspecify.annotations.NullMarked;
