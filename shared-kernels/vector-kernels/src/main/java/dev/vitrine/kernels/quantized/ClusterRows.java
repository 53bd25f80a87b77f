package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.exact.FloatRows;
import dev.vitrine.kernels.exact.FloatRowsView;
import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.StoredPages;
import dev.vitrine.kernels.vector.SignBlock;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * Growing storage of rows in clusters of near ones, at most 64 each, which is a page.
 *
 * <p>A new row goes to the cluster of the nearest centroid; one that is full is halved first. So
 * clusters stay as tight as they were made, however long rows come and go; the last row that goes
 * frees its cluster.
 *
 * <p>It can be filled from a view while changes go on: what was put or removed since it was made
 * wins over what the view holds. Safe for all threads.
 */
final class ClusterRows {

    private static final int NONE = -1;

    private final SignEncoder encoder;
    private final FloatRows floats;
    private final PagedRows<ClusterPage> pages;
    private final PagedRows<CentroidPage> centroids;

    /** Made once: views take no memory, which may have run out. */
    private final SignBlock empty;

    private final BitSet touched = new BitSet();

    private final long[] sums = new long[SignBlock.ROWS];
    private final float[] dots = new float[SignBlock.ROWS];
    private final float[] centroid;
    private final float[] rest;
    private final long[] code;

    /** Numbers of those that there are. */
    private final BitSet clusters;

    /** Of each ordinal, NONE without a row. A slot is 64 times the cluster and a place in it. */
    private int[] slotsOf;

    /** What is put next, turned, and the cluster that has room for it. */
    private final float[] prepared;

    private int room = NONE;

    /**
     * Creates storage without rows.
     *
     * @param floats the vectors of all rows that are or will be put here
     */
    ClusterRows(SignEncoder encoder, FloatRows floats) {
        this(encoder, floats, StoredPages.none(), StoredPages.none());
    }

    /**
     * Creates storage that begins with the clusters of a snapshot; all of them are read.
     *
     * @param floats the vectors of all rows that are or will be put here
     */
    ClusterRows(
            SignEncoder encoder,
            FloatRows floats,
            StoredPages<CentroidPage> storedCentroids,
            StoredPages<ClusterPage> storedPages) {
        int words = encoder.words();
        this.encoder = encoder;
        this.floats = floats;
        this.empty = SignBlock.allocate(words);
        this.pages =
                new PagedRows<>(
                        Integer.MAX_VALUE,
                        () -> ClusterPage.allocate(words),
                        ClusterPage::copy,
                        storedPages);
        this.centroids =
                new PagedRows<>(
                        Integer.MAX_VALUE,
                        () -> CentroidPage.allocate(words),
                        CentroidPage::copy,
                        storedCentroids);
        this.centroid = new float[words * Long.SIZE];
        this.rest = new float[words * Long.SIZE];
        this.code = new long[words];
        this.prepared = new float[words * Long.SIZE];
        this.clusters = BitSet.valueOf(storedCentroids.presence());
        this.slotsOf = publish().places(floats.current().ordinalLimit());
    }

    /** Finds room for a vector and takes the memory for it; no row changes. */
    synchronized void prepare(float[] vector) {
        encoder.turn(vector, prepared);
        room = room(prepared);
    }

    /** Stores the vector that was just prepared, in place of the one that may be there. */
    synchronized void put(int ordinal) {
        int old = slotOf(ordinal);
        add(room, ordinal, prepared);
        clear(old);
        touched.set(ordinal);
    }

    synchronized void remove(int ordinal) {
        int old = slotOf(ordinal);
        if (old != NONE) {
            slotsOf[ordinal] = NONE;
            clear(old);
        }
        touched.set(ordinal);
    }

    /**
     * Makes clusters of all rows of a view but those that changed since, near ones one after
     * another, so that those a search reads lie side by side in memory.
     */
    void fill(FloatRowsView rows) {
        Centers centers = CenterLearner.learn(rows, encoder);
        ClusterFinder finder = ClusterFinder.of(rows, centers);
        Gathering gathering = Gathering.of(rows, finder::find);
        float[] vector = new float[rows.dimensions()];
        for (int group = 0; group < finder.count(); group++) {
            int[] ordinals = gathering.ordinals(group);
            float[][] vectors = new float[ordinals.length][];
            for (int i = 0; i < ordinals.length; i++) {
                if (!rows.copyRow(ordinals[i], vector)) {
                    throw missing(ordinals[i]);
                }
                vectors[i] = turned(vector);
            }
            int parts = Math.ceilDiv(ordinals.length, SignBlock.ROWS);
            int most = parts == 0 ? 1 : Math.ceilDiv(ordinals.length, parts);
            new Halving(vectors, ordinals).order(most);
            for (int from = 0; from < ordinals.length; from += most) {
                int to = Math.min(from + most, ordinals.length);
                addUntouched(
                        Arrays.copyOfRange(ordinals, from, to),
                        Arrays.copyOfRange(vectors, from, to));
            }
        }
    }

    /** Whether each row of a view is in a cluster, once, and nothing else is. */
    synchronized boolean holdOnce(FloatRowsView rows) {
        for (int ordinal = 0; ordinal < rows.ordinalLimit(); ordinal++) {
            if (rows.contains(ordinal) && slotOf(ordinal) == NONE) {
                return false;
            }
        }
        // Each has a slot of its own, so with as many slots in use there is no other.
        return pages.publish().rowCount() == rows.rowCount();
    }

    /** Lets the next views refer to stored pages directly, once they were read. */
    synchronized void settle() {
        pages.settle();
        centroids.settle();
    }

    synchronized ClusterView publish() {
        return ClusterView.of(encoder, empty, centroids.publish(), pages.publish());
    }

    private synchronized void addUntouched(int[] ordinals, float[][] turned) {
        int size = 0;
        for (int i = 0; i < ordinals.length; i++) {
            if (!touched.get(ordinals[i])) {
                ordinals[size] = ordinals[i];
                turned[size++] = turned[i];
            }
        }
        if (size > 0) {
            int cluster = prepareNew(0);
            begin(cluster, Arrays.copyOf(turned, size));
            for (int i = 0; i < size; i++) {
                add(cluster, ordinals[i], turned[i]);
            }
        }
    }

    private float[] turned(float[] vector) {
        float[] turned = new float[rest.length];
        encoder.turn(vector, turned);
        return turned;
    }

    /** A cluster near a row with room for it, whose memory may be written. */
    private int room(float[] turned) {
        int cluster = nearest(turned);
        // Its halves may lie farther than another cluster, which may be full as well.
        while (cluster != NONE && pages.presenceWord(cluster) == -1L) {
            halve(cluster);
            cluster = nearest(turned);
        }
        if (cluster == NONE) {
            cluster = prepareNew(0);
            begin(cluster, new float[][] {turned});
        }
        pages.prepare(slot(cluster));
        centroids.prepare(cluster);
        return cluster;
    }

    /** The cluster whose centroid is nearest; NONE if there is no cluster. */
    private int nearest(float[] turned) {
        PlaneQuery query = PlaneQuery.of(turned, 0);
        int nearest = NONE;
        float least = Float.POSITIVE_INFINITY;
        for (int p = 0; p << PagedRows.PAGE_SHIFT < clusters.length(); p++) {
            long present = centroids.presenceWord(p);
            if (present == 0) {
                continue;
            }
            CentroidPage page = Objects.requireNonNull(centroids.page(p));
            page.estimate(query, present, sums, dots);
            for (long left = present; left != 0; left &= left - 1) {
                int slot = Long.numberOfTrailingZeros(left);
                float length = page.lengths()[slot];
                float distance = length * length - 2 * dots[slot];
                if (distance < least || nearest == NONE) {
                    least = distance;
                    nearest = (p << PagedRows.PAGE_SHIFT) + slot;
                }
            }
        }
        return nearest;
    }

    /** Makes two clusters of a full one. */
    private void halve(int cluster) {
        long[] rows = Objects.requireNonNull(pages.page(cluster)).rows();
        int[] ordinals = new int[SignBlock.ROWS];
        float[][] turned = new float[SignBlock.ROWS][];
        float[] vector = new float[encoder.dimensions()];
        for (int i = 0; i < ordinals.length; i++) {
            ordinals[i] = ClusterPage.ordinal(rows[i]);
            if (!floats.copyRow(ordinals[i], vector)) {
                throw missing(ordinals[i]);
            }
            turned[i] = turned(vector);
        }
        int half = SignBlock.ROWS / 2;
        new Halving(turned, ordinals).order(half);
        int first = prepareNew(0);
        int second = prepareNew(first + 1);
        move(first, Arrays.copyOf(ordinals, half), Arrays.copyOf(turned, half));
        move(
                second,
                Arrays.copyOfRange(ordinals, half, ordinals.length),
                Arrays.copyOfRange(turned, half, turned.length));
    }

    private static IllegalStateException missing(int ordinal) {
        return new IllegalStateException("there is no row " + ordinal);
    }

    private void move(int cluster, int[] ordinals, float[][] turned) {
        begin(cluster, turned);
        for (int i = 0; i < ordinals.length; i++) {
            int old = slotOf(ordinals[i]);
            add(cluster, ordinals[i], turned[i]);
            clear(old);
        }
    }

    /** A number that no cluster has, whose memory may be written; it is still free afterwards. */
    private int prepareNew(int from) {
        int cluster = clusters.nextClearBit(from);
        pages.prepare(cluster << PagedRows.PAGE_SHIFT);
        centroids.prepare(cluster);
        return cluster;
    }

    /** Makes a cluster around rows, still without them. */
    private void begin(int cluster, float[][] turned) {
        CentroidCode coded = CentroidCode.of(ClusterFinder.mean(turned));
        coded.decode(centroid);
        centroids
                .writable(cluster)
                .set(
                        cluster & PagedRows.SLOT_MASK,
                        coded,
                        (float) Math.sqrt(Rounding.squares(centroid)));
        clusters.set(cluster);
    }

    private void add(int cluster, int ordinal, float[] turned) {
        int place = cluster & PagedRows.SLOT_MASK;
        CentroidPage page = centroids.writable(cluster);
        page.code(place).decode(centroid);
        for (int i = 0; i < rest.length; i++) {
            rest[i] = turned[i] - centroid[i];
        }
        SignEncoder.signs(rest, code);
        int slot = slot(cluster);
        int others = Long.bitCount(pages.presenceWord(cluster));
        pages.writable(slot)
                .set(slot & PagedRows.SLOT_MASK, code, SignEncoder.factor(rest), ordinal);
        double squares = others * (double) page.radii()[place] * page.radii()[place];
        page.radii()[place] = (float) Math.sqrt((squares + Rounding.squares(rest)) / (others + 1));
        setSlot(ordinal, slot);
    }

    /** A free slot of a cluster that is not full. */
    private int slot(int cluster) {
        return (cluster << PagedRows.PAGE_SHIFT)
                + Long.numberOfTrailingZeros(~pages.presenceWord(cluster));
    }

    private int slotOf(int ordinal) {
        return ordinal < slotsOf.length ? slotsOf[ordinal] : NONE;
    }

    private void setSlot(int ordinal, int slot) {
        if (ordinal >= slotsOf.length) {
            int from = slotsOf.length;
            slotsOf = Arrays.copyOf(slotsOf, Math.max(16, ordinal + ordinal / 2 + 1));
            Arrays.fill(slotsOf, from, slotsOf.length, NONE);
        }
        slotsOf[ordinal] = slot;
    }

    /** Frees a slot, and its cluster with the last one. */
    private void clear(int slot) {
        if (slot == NONE) {
            return;
        }
        pages.remove(slot);
        int cluster = slot >> PagedRows.PAGE_SHIFT;
        if (pages.presenceWord(cluster) == 0) {
            centroids.remove(cluster);
            clusters.clear(cluster);
        }
    }
}
