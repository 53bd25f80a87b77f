package dev.vitrine.standalone.command;

import java.io.PrintWriter;
import java.util.Optional;

/**
 * What the user sees: lines, and progress as a bar on a terminal or as a line now and then
 * elsewhere. Thread-safe.
 */
final class Console {
    private static final int BAR = 30;
    private static final long BETWEEN_LINES_NANOS = 5_000_000_000L;
    private static final long BETWEEN_REDRAWS_NANOS = 100_000_000L;
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintWriter out;
    private final boolean terminal;
    private boolean barShown;
    private String lastText = "";
    private String lastLabel = "";
    private long lastShown;

    Console(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static Console of(PrintWriter out) {
        return new Console(
                out,
                Optional.ofNullable(System.console())
                        .map(java.io.Console::isTerminal)
                        .orElse(false));
    }

    synchronized void line(String text) {
        if (barShown) {
            out.println();
            barShown = false;
        }
        out.println(text);
        out.flush();
    }

    /**
     * Shows how far something is.
     *
     * @param total 0 when unknown
     */
    synchronized void progress(String label, long done, long total) {
        long now = System.nanoTime();
        boolean finished = total > 0 && done >= total;
        boolean soon =
                label.equals(lastLabel)
                        && now - lastShown
                                < (terminal ? BETWEEN_REDRAWS_NANOS : BETWEEN_LINES_NANOS);
        String text = text(label, done, total);
        if (text.equals(lastText) || (soon && !finished)) {
            return;
        }
        if (terminal) {
            // A new step starts on a new line, so the end of the former one stays to be read.
            out.print(barShown && !label.equals(lastLabel) ? System.lineSeparator() : CLEAR_LINE);
            out.print(text);
            barShown = true;
        } else {
            out.println(text);
        }
        out.flush();
        lastShown = now;
        lastLabel = label;
        lastText = text;
    }

    private String text(String label, long done, long total) {
        if (total <= 0) {
            return "%s %,d".formatted(label, done);
        }
        double share = Math.min(1.0, done / (double) total);
        int filled = (int) Math.floor(share * BAR);
        String bar = terminal ? "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " : "";
        return "%s %s%,d of %,d (%d %%)"
                .formatted(label, bar, Math.min(done, total), total, (int) (share * 100));
    }
}
