@NullMarked
package dev.vitrine.standalone.inference;

import org.jspecify.annotations.NullMarked;
