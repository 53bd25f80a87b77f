@NullMarked
package dev.vitrine.standalone.runtime;

import org.jspecify.annotations.NullMarked;
