/** The catalogues that come with Vitrine and how they get into a running one. */
@NullMarked
package dev.vitrine.standalone.demo;

import org.jspecify.annotations.NullMarked;
