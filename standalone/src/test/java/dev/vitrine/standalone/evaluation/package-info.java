@NullMarked
package dev.vitrine.standalone.evaluation;

import org.jspecify.annotations.NullMarked;
