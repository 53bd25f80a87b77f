@NullMarked
package dev.vitrine.packaging;

import org.jspecify.annotations.NullMarked;
