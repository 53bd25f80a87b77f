/** What was measured, as JSON and as Markdown. */
@NullMarked
package dev.vitrine.benchmarks.report;

import org.jspecify.annotations.NullMarked;
