package dev.vitrine.index.text;

/**
 * How texts are scored and buffered.
 *
 * @param k1 how soon repetitions of a term stop counting, 0 or more
 * @param b how much the length of a text counts, 0 to 1
 * @param bufferMegabytes heap for changes of one catalogue before they go to a segment
 */
public record TextSettings(float k1, float b, double bufferMegabytes) {

    /** Lucene's own values and a modest buffer. */
    public static final TextSettings DEFAULT = new TextSettings(1.2f, 0.75f, 32);
}
