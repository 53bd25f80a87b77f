package dev.vitrine.kernels.blockfile;

import java.nio.file.Path;

/**
 * A file is damaged, of another format or not what was expected; the message says which file and
 * what is wrong. Unchecked, because a damaged block is found where it is first read.
 */
public final class UnusableFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the file and what is wrong with it. */
    public UnusableFileException(Path path, String reason) {
        super(path + " cannot be used: " + reason);
    }
}
