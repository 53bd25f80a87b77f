package dev.vitrine.embedding.encode;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a thread give way to others, by the nice value that Linux keeps for each thread. Elsewhere
 * threads stay as they are, and the log says so once.
 */
final class Niceness {

    /*
     * The one place of native code in this service. Java's own thread priorities do nothing on Linux
     * without root. setpriority(PRIO_PROCESS, 0, n) is about the calling thread alone there, and
     * every user may raise the value of his own.
     */
    private static final Logger log = LoggerFactory.getLogger(Niceness.class);

    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;

    private static final Optional<MethodHandle> SET_PRIORITY = find();

    private Niceness() {}

    /** The same work, at a nice value of 0 (as usual) to 19 (only when nobody else runs). */
    static Runnable of(int value, Runnable work) {
        if (value == 0) {
            return work;
        }
        return () -> {
            raise(value);
            work.run();
        };
    }

    private static void raise(int value) {
        if (SET_PRIORITY.isEmpty()) {
            return;
        }
        try {
            int result = (int) SET_PRIORITY.get().invokeExact(PRIO_PROCESS, CALLING_THREAD, value);
            if (result != 0) {
                log.warn("{} keeps its priority: refused", Thread.currentThread().getName());
            }
        } catch (Throwable e) {
            throw new LinkageError("setpriority", e);
        }
    }

    @SuppressWarnings("restricted")
    private static Optional<MethodHandle> find() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            log.info(
                    "product texts are encoded at normal priority: no nice threads on this system");
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> address = linker.defaultLookup().find("setpriority");
        return address.map(function ->
                linker.downcallHandle(
                        function,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT)));
    }
}
