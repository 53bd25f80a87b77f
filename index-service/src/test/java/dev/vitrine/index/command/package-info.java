@NullMarked
package dev.vitrine.index.command;

import org.jspecify.annotations.NullMarked;
