package dev.vitrine.standalone.drill;

import dev.vitrine.standalone.demo.DemoCatalog;
import dev.vitrine.standalone.source.ProductSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Texts of real products, each made the only one of its kind. In small letters and without signs,
 * as a query is understood: asked for as one, a text must be nearly equal to its own vector, and
 * with signs one in some thousands is not.
 */
final class Titles {
    private static final int SAMPLE = 6_000;
    private static final int LONGEST = 90;

    /** Far from its neighbours, so that the next revision means something else. */
    private static final int STRIDE = 1_009;

    private static final Pattern NOT_IN_QUERIES = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final List<String> titles = new ArrayList<>();

    Titles() {
        var _ =
                ProductSample.read(
                        DemoCatalog.ELECTRONICS.file(),
                        SAMPLE,
                        document -> {
                            String title =
                                    NOT_IN_QUERIES
                                            .matcher(document.path("title").asString(""))
                                            .replaceAll(" ")
                                            .strip()
                                            .toLowerCase(Locale.ROOT);
                            if (!title.isEmpty()) {
                                titles.add(title.substring(0, Math.min(title.length(), LONGEST)));
                            }
                        });
    }

    /** The text of a product at a revision. */
    String of(int product, int revision) {
        String title = titles.get((product + revision * STRIDE) % titles.size());
        return title + " " + Content.productWord(product) + " " + Content.revisionWord(revision);
    }
}
