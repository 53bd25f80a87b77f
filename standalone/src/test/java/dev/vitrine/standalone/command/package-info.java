@NullMarked
package dev.vitrine.standalone.command;

import org.jspecify.annotations.NullMarked;
