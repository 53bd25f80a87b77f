/** The bench commands; read {@link dev.vitrine.benchmarks.command.PlatformCommand} first. */
@NullMarked
package dev.vitrine.benchmarks.command;

import org.jspecify.annotations.NullMarked;
