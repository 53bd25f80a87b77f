/** How the writer's features run work in a transaction of PostgreSQL. */
@NullMarked
package dev.vitrine.index.transaction;

import org.jspecify.annotations.NullMarked;
