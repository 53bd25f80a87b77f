package dev.vitrine.index.catalog;

import dev.vitrine.servicekit.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strict reading of UTF-8: a replaced character would be a silent change of the shop's data. */
final class Utf8 {

    private Utf8() {}

    /**
     * The text, without a leading byte order mark.
     *
     * @throws ProblemException with INVALID_ENCODING
     */
    static String decode(byte[] bytes, int from, int to) {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes, from, to - from))
                            .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ProblemException(
                    WriterErrors.INVALID_ENCODING, "the text must be UTF-8: " + e.getMessage(), e);
        }
    }
}
