@NullMarked
package dev.vitrine.embedding;

import org.jspecify.annotations.NullMarked;
