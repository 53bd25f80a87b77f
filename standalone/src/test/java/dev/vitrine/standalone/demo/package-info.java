@NullMarked
package dev.vitrine.standalone.demo;

import org.jspecify.annotations.NullMarked;
