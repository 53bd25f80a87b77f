@NullMarked
package dev.vitrine.index.worker;

import org.jspecify.annotations.NullMarked;
