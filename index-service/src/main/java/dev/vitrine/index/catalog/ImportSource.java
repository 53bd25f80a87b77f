package dev.vitrine.index.catalog;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The lines of an import's body, one after the other. */
interface ImportSource {

    /** The next line, or null after the last. Blank lines are passed over. */
    @Nullable ImportLine next() throws IOException;
}
