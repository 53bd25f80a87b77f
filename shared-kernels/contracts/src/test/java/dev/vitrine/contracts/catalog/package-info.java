@NullMarked
package dev.vitrine.contracts.catalog;

import org.jspecify.annotations.NullMarked;
