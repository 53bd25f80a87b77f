@NullMarked
package dev.vitrine.index.task;

import org.jspecify.annotations.NullMarked;
