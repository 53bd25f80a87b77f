package dev.vitrine.index.text;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** {@link TextScanner} as Lucene wants it. */
final class ProductTokenizer extends Tokenizer {

    private static final int BUFFER = 8_192;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
    private final PositionIncrementAttribute position =
            addAttribute(PositionIncrementAttribute.class);
    private final TextScanner scanner = new TextScanner();

    private Iterator<TextScanner.Token> tokens = List.<TextScanner.Token>of().iterator();
    private int length;
    private int lastStart;

    @Override
    public void reset() throws IOException {
        super.reset();
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[BUFFER];
        for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
            text.append(buffer, 0, read);
        }
        length = text.length();
        lastStart = 0;
        tokens = scanner.scan(text).stream().flatMap(chunk -> chunk.tokens().stream()).iterator();
    }

    @Override
    public boolean incrementToken() {
        clearAttributes();
        if (!tokens.hasNext()) {
            return false;
        }
        TextScanner.Token token = tokens.next();
        term.append(token.term());
        position.setPositionIncrement(token.increment());
        // Lucene wants offsets that never go back; a joined unit starts before its own position.
        lastStart = Math.max(lastStart, correctOffset(token.start()));
        // The place after the last character, not that of the next one: markup may lie between.
        int end = token.end() > token.start() ? correctOffset(token.end() - 1) + 1 : lastStart;
        offset.setOffset(lastStart, Math.max(lastStart, end));
        return true;
    }

    @Override
    public void end() throws IOException {
        super.end();
        int end = correctOffset(length);
        offset.setOffset(end, end);
    }
}
