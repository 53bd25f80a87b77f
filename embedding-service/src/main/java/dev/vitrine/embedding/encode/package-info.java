/**
 * Texts to vectors: the port {@link dev.vitrine.embedding.encode.Encoder}, its ONNX implementation,
 * and the two lanes through which all encoding of the process goes. Read {@code OnnxEncoder} first.
 */
@NullMarked
package dev.vitrine.embedding.encode;

import org.jspecify.annotations.NullMarked;
