/**
 * The Java side of the script {@code vitrine}: one class a command, parsed by picocli. Commands
 * print and decide on exit codes; what they do lives in the other packages. Read {@link
 * dev.vitrine.standalone.command.Vitrine} first.
 */
@NullMarked
package dev.vitrine.standalone.command;

import org.jspecify.annotations.NullMarked;
