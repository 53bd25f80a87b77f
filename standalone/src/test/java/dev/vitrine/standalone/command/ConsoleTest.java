package dev.vitrine.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final StringWriter written = new StringWriter();

    @Test
    void progress_noTerminal_isAFewLinesWithoutControlCharacters() {
        Console console = new Console(new PrintWriter(written), false);
        for (int done = 0; done <= 1000; done++) {
            console.progress("Importing:", done, 1000);
        }
        assertThat(written.toString().lines())
                .containsExactly(
                        "Importing: 0 of 1,000 (0 %)", "Importing: 1,000 of 1,000 (100 %)");
    }

    @Test
    void progress_terminal_isOneLineThatALineEnds() {
        Console console = new Console(new PrintWriter(written), true);
        console.progress("Importing:", 500, 1000);
        console.line("Done");
        assertThat(written.toString())
                .startsWith("\r")
                .contains("[###############...............] 500 of 1,000 (50 %)")
                .endsWith("%nDone%n".formatted());
    }
}
