@NullMarked
package dev.vitrine.standalone.event;

import org.jspecify.annotations.NullMarked;
