@NullMarked
package dev.vitrine.embedding.encode;

import org.jspecify.annotations.NullMarked;
