package dev.vitrine.index.text;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.lucene.analysis.CharFilter;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Takes markup out of a text and hands over the terms of {@link TextScanner}. */
final class ProductTokenizer extends Tokenizer {

    private static final int BUFFER = 8_192;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
    private final PositionIncrementAttribute position =
            addAttribute(PositionIncrementAttribute.class);
    private final TextScanner scanner = new TextScanner();
    private final char[] buffer = new char[BUFFER];

    private Iterator<TextScanner.Token> tokens = List.<TextScanner.Token>of().iterator();
    private IntUnaryOperator original = IntUnaryOperator.identity();
    private int length;
    private int lastStart;

    @Override
    public void reset() throws IOException {
        super.reset();
        String text = readAll(input);
        length = text.length();
        lastStart = 0;
        original = IntUnaryOperator.identity();
        // Few texts hold markup, and the filter allocates 32 kB for each of them.
        if (text.indexOf('<') >= 0 || text.indexOf('&') >= 0) {
            CharFilter filter = new HTMLStripCharFilter(new StringReader(text));
            text = readAll(filter);
            original = filter::correctOffset;
        }
        tokens = scanner.scan(text).stream().flatMap(chunk -> chunk.tokens().stream()).iterator();
    }

    private String readAll(Reader reader) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
            text.append(buffer, 0, read);
        }
        return text.toString();
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
        lastStart = Math.max(lastStart, original.applyAsInt(token.start()));
        // The place after the last character, not that of the next one: markup may lie between.
        int end =
                token.end() > token.start() ? original.applyAsInt(token.end() - 1) + 1 : lastStart;
        offset.setOffset(lastStart, Math.max(lastStart, end));
        return true;
    }

    @Override
    public void end() throws IOException {
        super.end();
        offset.setOffset(length, length);
    }
}
