@NullMarked
package dev.vitrine.embedding.catalog;

import org.jspecify.annotations.NullMarked;
