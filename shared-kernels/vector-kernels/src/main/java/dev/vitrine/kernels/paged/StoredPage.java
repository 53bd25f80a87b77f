package dev.vitrine.kernels.paged;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Stands for a page until it is read. Safe for all threads. */
final class StoredPage<P> {

    private final IntFunction<P> read;
    private final int number;
    private volatile @Nullable P page;

    StoredPage(IntFunction<P> read, int number) {
        this.read = read;
        this.number = number;
    }

    /** The page that an entry of an array of pages is or stands for. */
    static @Nullable Object resolve(@Nullable Object entry) {
        return entry instanceof StoredPage<?> stored ? stored.page() : entry;
    }

    /** The page; two threads at once may read it twice, which makes no difference. */
    P page() {
        P known = page;
        if (known == null) {
            known = read.apply(number);
            page = known;
        }
        return known;
    }
}
