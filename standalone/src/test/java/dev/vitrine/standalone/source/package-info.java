@NullMarked
package dev.vitrine.standalone.source;

import org.jspecify.annotations.NullMarked;
