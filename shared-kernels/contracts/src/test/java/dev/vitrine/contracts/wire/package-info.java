@NullMarked
package dev.vitrine.contracts.wire;

import org.jspecify.annotations.NullMarked;
