@NullMarked
package dev.vitrine.standalone.deadletter;

import org.jspecify.annotations.NullMarked;
