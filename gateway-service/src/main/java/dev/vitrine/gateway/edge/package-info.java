/**
 * What holds for every request from outside, whatever it asks for: no internal headers, a bounded
 * body, security headers, problem JSON for every failure. Used by nobody; the servlet container
 * calls it.
 */
@NullMarked
package dev.vitrine.gateway.edge;

import org.jspecify.annotations.NullMarked;
