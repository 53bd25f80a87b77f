@NullMarked
package dev.vitrine.servicekit;

import org.jspecify.annotations.NullMarked;
