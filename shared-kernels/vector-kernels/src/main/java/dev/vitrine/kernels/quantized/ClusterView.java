package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.vector.SignBlock;
import dev.vitrine.kernels.vector.SignBlocks;
import java.util.Arrays;
import java.util.Objects;

/**
 * The clusters of one moment, by number; unchanging. Numbers without rows may be among them.
 *
 * @param centroids 64 clusters a page
 * @param pages one cluster each, listed in the next three
 * @param codes of each cluster's rows
 * @param rows of each cluster, see {@link ClusterPage}
 * @param presence bits of each cluster's rows
 * @param radii root of the mean squared distance of each cluster's rows from its centroid's code
 * @param meanRadius of the clusters with rows
 * @param unitOfRadius see {@link #unit}
 * @param perMeanFactor 1 over the mean factor of all rows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ClusterView(
        PagedView<CentroidPage> centroids,
        PagedView<ClusterPage> pages,
        SignBlocks codes,
        long[][] rows,
        long[] presence,
        float[] radii,
        float meanRadius,
        float unitOfRadius,
        float perMeanFactor) {

    /** A query's k-th best row may be no better than the center of all. */
    private static final double LEAST = 0.1;

    private static final long[] NO_ROWS = {};

    /**
     * @param none stands for the codes of a cluster without rows
     */
    static ClusterView of(
            SignEncoder encoder,
            SignBlock none,
            PagedView<CentroidPage> centroids,
            PagedView<ClusterPage> pages) {
        int count = pages.pageCount();
        SignBlock[] codes = new SignBlock[count];
        long[][] rows = new long[count][];
        long[] presence = new long[count];
        float[] radii = new float[count];
        double sum = 0;
        int used = 0;
        for (int c = 0; c < count; c++) {
            ClusterPage page = pages.page(c);
            codes[c] = page == null ? none : page.codes();
            rows[c] = page == null ? NO_ROWS : page.rows();
            presence[c] = pages.presenceWord(c);
            if (page != null) {
                CentroidPage centroid =
                        Objects.requireNonNull(centroids.page(c >> PagedRows.PAGE_SHIFT));
                radii[c] = centroid.radii()[c & PagedRows.SLOT_MASK];
                sum += radii[c];
                used++;
            }
        }
        // Of n normal components the absolute ones add up to sqrt(2 n / pi) of the length.
        double factor = Math.sqrt(Math.PI / 2 / (encoder.words() * Long.SIZE));
        return new ClusterView(
                centroids,
                pages,
                new SignBlocks(encoder.words(), codes, presence),
                rows,
                presence,
                radii,
                (float) (sum / Math.max(1, used)),
                (float) (factor / encoder.meanFactor()),
                1 / encoder.meanFactor());
    }

    /** Number of clusters, some of which may be without rows. */
    int count() {
        return presence.length;
    }

    /**
     * About the mean of the factors of a cluster's rows, in mean factors of the encoder, which is
     * what a {@link SignQuery} estimates with: how much less its estimates mean for these rows.
     */
    float unit(int cluster) {
        return unitOfRadius * radii[cluster];
    }

    /**
     * How far clusters reach for a query whose k-th best row scores so much, see {@link Margins}:
     * the better the rows that a query finds, the more of what centroids leave of them lies in its
     * direction. As the root of it, between no difference and all of it.
     *
     * @param offset score of the center of all rows
     * @param length of the query
     */
    double scale(float score, float offset, float length) {
        double over = ((double) score - offset) / Math.max(Float.MIN_NORMAL, length);
        return Math.sqrt(Math.max(over, LEAST * meanRadius));
    }

    /** About the scores of a query with all centroids; anything where there are no rows. */
    float[] estimates(PlaneQuery query) {
        long[] sums = new long[SignBlock.ROWS];
        float[] ofPage = new float[SignBlock.ROWS];
        float[] estimates = new float[centroids.pageCount() << PagedRows.PAGE_SHIFT];
        for (int p = 0; p < centroids.pageCount(); p++) {
            CentroidPage page = centroids.page(p);
            if (page != null) {
                long present = centroids.presenceWord(p);
                int first = p << PagedRows.PAGE_SHIFT;
                page.estimate(query, present, sums, ofPage);
                System.arraycopy(ofPage, 0, estimates, first, ofPage.length);
            }
        }
        return estimates;
    }

    /** The place of each row, 64 times its cluster and its slot there, by ordinal; -1 for none. */
    int[] places(int ordinalLimit) {
        int[] places = new int[ordinalLimit];
        Arrays.fill(places, -1);
        for (int c = 0; c < count(); c++) {
            for (long left = presence[c]; left != 0; left &= left - 1) {
                int slot = Long.numberOfTrailingZeros(left);
                int ordinal = ClusterPage.ordinal(rows[c][slot]);
                if (ordinal >= 0 && ordinal < ordinalLimit) {
                    places[ordinal] = (c << PagedRows.PAGE_SHIFT) + slot;
                }
            }
        }
        return places;
    }
}
