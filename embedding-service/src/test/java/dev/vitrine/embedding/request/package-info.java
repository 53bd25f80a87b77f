@NullMarked
package dev.vitrine.embedding.request;

import org.jspecify.annotations.NullMarked;
