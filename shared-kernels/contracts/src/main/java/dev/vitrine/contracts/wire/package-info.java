/** Topics, record headers, partitions and binary forms: the one address of wire formats. */
@NullMarked
package dev.vitrine.contracts.wire;

import org.jspecify.annotations.NullMarked;
