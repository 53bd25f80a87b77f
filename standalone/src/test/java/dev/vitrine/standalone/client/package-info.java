@NullMarked
package dev.vitrine.standalone.client;

import org.jspecify.annotations.NullMarked;
