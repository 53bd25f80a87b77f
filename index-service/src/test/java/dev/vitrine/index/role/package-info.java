@NullMarked
package dev.vitrine.index.role;

import org.jspecify.annotations.NullMarked;
