/** Errors as every service words them (RFC 9457). */
@NullMarked
package dev.vitrine.contracts.problem;

import org.jspecify.annotations.NullMarked;
