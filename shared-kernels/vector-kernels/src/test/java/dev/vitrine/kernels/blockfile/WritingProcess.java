package dev.vitrine.kernels.blockfile;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Another process that writes a file and does not come to its end. */
final class WritingProcess {

    static final int NO_SPACE = 3;
    static final int DIED = 4;

    private static final int BLOCKS = 64;
    private static final int BLOCK_BYTES = 4_096;

    private WritingProcess() {}

    /** Writes more than its files may grow to; exit code {@link #NO_SPACE}. */
    static int withoutSpace(Path target) throws IOException, InterruptedException {
        return run("ulimit -f 16; ", target, Integer.MAX_VALUE);
    }

    /** Dies after half of the blocks; exit code {@link #DIED}. */
    static int thatDies(Path target) throws IOException, InterruptedException {
        return run("", target, BLOCKS / 2);
    }

    private static int run(String limit, Path target, int lastBlock)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                limit + "exec \"$@\"",
                                "bash",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:-UsePerfData",
                                "-cp",
                                System.getProperty("java.class.path", File.pathSeparator),
                                WritingProcess.class.getName(),
                                target.toString(),
                                Integer.toString(lastBlock))
                        .inheritIO()
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    public static void main(String[] arguments) {
        int lastBlock = Integer.parseInt(arguments[1]);
        try (BlockFileWriter out = new BlockFileWriter(Path.of(arguments[0]))) {
            out.section("rows", BLOCK_BYTES);
            for (int b = 0; b < BLOCKS; b++) {
                if (b == lastBlock) {
                    Runtime.getRuntime().halt(DIED);
                }
                out.block(block -> block.put(new byte[BLOCK_BYTES]));
            }
            out.finish(1, 1);
        } catch (IOException e) {
            System.exit(NO_SPACE);
        }
    }
}
