/** The OpenAPI document: controllers describe themselves, what passes through is described here. */
@NullMarked
package dev.vitrine.gateway.documentation;

import org.jspecify.annotations.NullMarked;
