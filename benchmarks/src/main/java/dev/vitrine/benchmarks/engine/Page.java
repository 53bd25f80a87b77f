package dev.vitrine.benchmarks.engine;

import java.util.List;

/** What every engine is asked for, so that the answers are equal. */
final class Page {

    static final int SIZE = 24;
    static final int FACET_VALUES = 20;
    static final List<String> FIELDS =
            List.of(
                    "title",
                    "short_description",
                    "name",
                    "supplier",
                    "category",
                    "price",
                    "date_released",
                    "img_500x500");

    private Page() {}
}
