@NullMarked
package dev.vitrine.index.text;

import org.jspecify.annotations.NullMarked;
