@NullMarked
package dev.vitrine.standalone.study;

import org.jspecify.annotations.NullMarked;
