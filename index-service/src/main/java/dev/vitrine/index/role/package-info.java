/** Which part of index-service a process plays; every feature's configuration asks here. */
@NullMarked
package dev.vitrine.index.role;

import org.jspecify.annotations.NullMarked;
