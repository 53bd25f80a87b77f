/**
 * Second names of catalogues. {@code AliasFilter} puts the real name into every request, so nobody
 * behind it knows aliases; {@link dev.vitrine.gateway.alias.CatalogNames} is for names that stand
 * in a body.
 */
@NullMarked
package dev.vitrine.gateway.alias;

import org.jspecify.annotations.NullMarked;
