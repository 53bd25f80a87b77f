@NullMarked
package dev.vitrine.index.catalog;

import org.jspecify.annotations.NullMarked;
