package dev.vitrine.index.catalog;

import dev.vitrine.servicekit.ProblemException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. */
final class NdjsonSource implements ImportSource {

    private final LineBuffer buffer;
    private final int maxLineBytes;

    NdjsonSource(LineBuffer buffer, int maxLineBytes) {
        this.buffer = buffer;
        this.maxLineBytes = maxLineBytes;
    }

    @Override
    public @Nullable ImportLine next() throws IOException {
        while (buffer.length() > 0 || buffer.fill()) {
            long number = buffer.line();
            int length = buffer.physicalLine();
            if (length > maxLineBytes) {
                buffer.skipLine();
                return new ImportLine.Bad(number, tooLong(maxLineBytes));
            }
            try {
                String text = buffer.text(length);
                buffer.accept(length);
                if (!text.isBlank()) {
                    return new ImportLine.Json(number, text);
                }
            } catch (ProblemException e) {
                buffer.accept(length);
                return new ImportLine.Bad(number, e);
            }
        }
        return null;
    }

    static ProblemException tooLong(int maxLineBytes) {
        return new ProblemException(
                WriterErrors.LINE_TOO_LONG, "a line may have " + maxLineBytes + " bytes");
    }
}
