package dev.vitrine.standalone.source;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Opens text that is plain, gzip or zstd, found out by looking and not by the name. */
public final class Decompression {

    private Decompression() {}

    /**
     * Opens the text at its start, after a byte order mark if there is one.
     *
     * @throws IOException when it cannot be read
     */
    public static InputStream open(ProductFile.Opener opener) throws IOException {
        BufferedInputStream raw = new BufferedInputStream(opener.open(), 1 << 16);
        raw.mark(4);
        byte[] magic = raw.readNBytes(4);
        raw.reset();
        BufferedInputStream text;
        if (magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
            text = new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16);
        } else if (magic.length == 4
                && magic[0] == 0x28
                && magic[1] == (byte) 0xb5
                && magic[2] == 0x2f
                && magic[3] == (byte) 0xfd) {
            text = new BufferedInputStream(new ZstdInputStream(raw), 1 << 16);
        } else {
            text = raw;
        }
        text.mark(3);
        byte[] first = text.readNBytes(3);
        boolean byteOrderMark =
                first.length == 3
                        && first[0] == (byte) 0xef
                        && first[1] == (byte) 0xbb
                        && first[2] == (byte) 0xbf;
        if (!byteOrderMark) {
            text.reset();
        }
        return text;
    }
}
