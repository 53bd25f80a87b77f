@NullMarked
package dev.vitrine.standalone.shop;

import org.jspecify.annotations.NullMarked;
