@NullMarked
package dev.vitrine.kernels.quantized;

import org.jspecify.annotations.NullMarked;
