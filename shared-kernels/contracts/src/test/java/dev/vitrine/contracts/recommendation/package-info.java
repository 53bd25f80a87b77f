@NullMarked
package dev.vitrine.contracts.recommendation;

import org.jspecify.annotations.NullMarked;
