@NullMarked
package dev.vitrine.standalone;

import org.jspecify.annotations.NullMarked;
