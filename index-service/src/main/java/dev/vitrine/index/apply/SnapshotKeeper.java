package dev.vitrine.index.apply;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.index.column.ColumnView;
import dev.vitrine.index.column.StoredProduct;
import dev.vitrine.index.column.Words;
import dev.vitrine.index.execute.Generation;
import dev.vitrine.index.snapshot.CorruptSnapshotException;
import dev.vitrine.index.snapshot.SnapshotInput;
import dev.vitrine.index.snapshot.SnapshotManifest;
import dev.vitrine.index.snapshot.SnapshotManifest.CatalogEntry;
import dev.vitrine.index.snapshot.SnapshotManifest.FileEntry;
import dev.vitrine.index.snapshot.SnapshotManifest.VectorFile;
import dev.vitrine.index.snapshot.SnapshotOutput;
import dev.vitrine.index.snapshot.SnapshotStore;
import dev.vitrine.index.text.TextIndex;
import dev.vitrine.index.vector.Embedding;
import dev.vitrine.index.vector.VectorRows;
import dev.vitrine.kernels.quantized.EngineSnapshot;
import dev.vitrine.kernels.quantized.QuantizedVectorEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes snapshots of a shard and begins with them. Used by one thread at a time. */
final class SnapshotKeeper {

    /*
     * A snapshot is one moment: under the shard's lock everything is published, each text index is
     * committed and the offsets are noted. What was published never changes, so the files are
     * written outside the lock while the shard goes on. Only then the manifest is renamed into
     * place; the commits of the manifest before stay until that is done.
     *
     * Offsets may be older than the state (a batch is counted when all of it is applied), never
     * newer: applying a record twice changes nothing.
     *
     * Vectors are searched where their file is mapped. All of it is checked beside reading the
     * products, and nothing is published before: a shard never finds damage while it serves.
     */
    private static final Logger log = LoggerFactory.getLogger(SnapshotKeeper.class);

    private static final String HELD = "held.bin";

    private final Shard shard;
    private final SnapshotStore store;
    private final ShardProperties properties;
    private long sequence;

    SnapshotKeeper(Shard shard, SnapshotStore store, ShardProperties properties) {
        this.shard = shard;
        this.store = store;
        this.properties = properties;
    }

    /** A catalogue at the moment of the snapshot; holds its generation open. */
    private record Captured(
            CatalogShard catalog,
            Generation generation,
            VectorRows vectors,
            Map<String, Long> tombstones,
            String textFolder,
            String textCommit,
            CatalogChanged schema) {}

    /** The shard at the moment of the snapshot. */
    private record Moment(
            List<Captured> catalogs,
            Map<ProductKey, Embedding> held,
            Map<String, Long> offsets,
            long generation) {}

    /** Number of changes since the last snapshot. */
    long changes() {
        return shard.changesSinceSnapshot();
    }

    /**
     * Takes a snapshot.
     *
     * @param offsets asked for under the shard's lock: next offset by {@code topic-partition}
     */
    void take(Supplier<Map<String, Long>> offsets) throws IOException {
        List<Captured> captured = new ArrayList<>();
        boolean taken = false;
        try {
            write(shard.exclusively(locked -> capture(locked, offsets, captured)));
            taken = true;
        } finally {
            captured.forEach(catalog -> catalog.generation().release());
            if (!taken) {
                // Without it nothing would be due before the next change.
                shard.exclusively(Shard::snapshotMissing);
            }
        }
    }

    /**
     * @param captured takes the generations that are held open, those before a failure too
     */
    private Moment capture(
            Shard locked, Supplier<Map<String, Long>> offsets, List<Captured> captured) {
        Map<String, Long> noted = offsets.get();
        locked.publish();
        for (CatalogShard catalog : locked.catalogs()) {
            CatalogShard.Published published = catalog.published();
            if (published != null) {
                String textCommit = catalog.commitText();
                if (!published.generation().acquire()) {
                    continue;
                }
                captured.add(
                        new Captured(
                                catalog,
                                published.generation(),
                                catalog.vectors().capture(),
                                catalog.tombstones().versions(),
                                catalog.textFolder(),
                                textCommit,
                                catalog.catalog()));
            }
        }
        locked.snapshotTaken();
        return new Moment(captured, locked.held().all(), noted, locked.generation());
    }

    private void write(Moment moment) throws IOException {
        long number = ++sequence;
        store.begin(number);
        Contents contents;
        boolean written = false;
        try {
            contents = write(moment, number);
            written = true;
        } finally {
            if (!written) {
                // Half a snapshot on a full disk only makes it fuller.
                store.discard(number);
            }
        }
        // Listed first: a text index that is made meanwhile is in neither.
        Set<String> superfluous = store.folders();
        shard.exclusively(locked -> {
            locked.catalogs().forEach(c -> superfluous.remove(c.textFolder()));
            return superfluous;
        });
        store.commit(
                new SnapshotManifest(
                        SnapshotManifest.FORMAT,
                        number,
                        moment.generation(),
                        moment.offsets(),
                        contents.catalogs(),
                        contents.held()),
                superfluous);
        for (Captured captured : moment.catalogs()) {
            if (captured.catalog().textFolder().equals(captured.textFolder())) {
                captured.catalog().text().retain(Set.of(captured.textCommit()));
            }
        }
    }

    private record Contents(List<CatalogEntry> catalogs, FileEntry held) {}

    private Contents write(Moment moment, long number) throws IOException {
        List<CatalogEntry> entries = new ArrayList<>();
        for (int i = 0; i < moment.catalogs().size(); i++) {
            Captured captured = moment.catalogs().get(i);
            FileEntry file =
                    store.write(number, "catalog-" + i + ".bin", out -> write(captured, out));
            entries.add(
                    new CatalogEntry(
                            captured.schema(),
                            captured.generation().columns().size(),
                            file,
                            writeVectors(captured.vectors(), number, i),
                            captured.textFolder(),
                            captured.textCommit()));
        }
        return new Contents(
                entries, store.write(number, HELD, out -> writeHeld(moment.held(), out)));
    }

    private List<VectorFile> writeVectors(VectorRows vectors, long number, int catalog)
            throws IOException {
        List<VectorFile> files = new ArrayList<>();
        for (Map.Entry<String, EngineSnapshot> model : vectors.vectors().entrySet()) {
            if (model.getValue().view().rowCount() == 0) {
                continue;
            }
            String name = "catalog-" + catalog + "-" + files.size() + ".vectors";
            model.getValue().write(store.file(number, name));
            int dimensions = model.getValue().view().dimensions();
            files.add(new VectorFile(name, model.getKey(), dimensions));
        }
        return files;
    }

    private static void write(Captured captured, SnapshotOutput out) throws IOException {
        ColumnView columns = captured.generation().columns();
        out.count(columns.size());
        int[] ordinals = new int[columns.size()];
        int[] count = {0};
        Words.forEach(columns.all(), ordinal -> ordinals[count[0]++] = ordinal);
        for (int ordinal : ordinals) {
            StoredProduct product = columns.product(ordinal);
            if (product == null) {
                throw new IllegalStateException("product " + ordinal + " is not in its view");
            }
            out.product(ordinal, product);
        }
        out.count(captured.tombstones().size());
        for (Map.Entry<String, Long> tombstone : captured.tombstones().entrySet()) {
            out.text(tombstone.getKey());
            out.number(tombstone.getValue());
        }
        out.count(captured.vectors().size());
        captured.vectors().forEach(out::row);
    }

    private static void writeHeld(Map<ProductKey, Embedding> held, SnapshotOutput out)
            throws IOException {
        out.count(held.size());
        for (Map.Entry<ProductKey, Embedding> entry : held.entrySet()) {
            out.text(entry.getKey().key());
            out.embedding(entry.getValue());
        }
    }

    /**
     * Lets the shard begin with its snapshot.
     *
     * @return next offset by {@code topic-partition}; empty when there is no usable snapshot
     */
    Map<String, Long> restore() throws IOException {
        try {
            Optional<SnapshotManifest> manifest = store.manifest();
            if (manifest.isEmpty()) {
                log.info("no snapshot in {}", properties.directory());
                store.clear();
                return Map.of();
            }
            return restore(manifest.get());
        } catch (CorruptSnapshotException | IOException | RuntimeException e) {
            log.error("the snapshot in {} cannot be used", properties.directory(), e);
            store.clear();
            return Map.of();
        }
    }

    /** Forgets the snapshot and everything that the shard began with. */
    void forget() {
        shard.exclusively(locked -> {
            locked.reset();
            try {
                store.clear();
            } catch (IOException e) {
                log.warn(
                        "{} cannot be emptied; the next snapshot does it",
                        properties.directory(),
                        e);
            }
            return locked;
        });
    }

    private Map<String, Long> restore(SnapshotManifest manifest)
            throws IOException, CorruptSnapshotException {
        store.sweepAllBut(manifest);
        List<CatalogShard> restored = new ArrayList<>();
        boolean complete = false;
        try (VectorVerifier verifier = new VectorVerifier()) {
            for (CatalogEntry entry : manifest.catalogs()) {
                restored.add(open(manifest, entry, verifier));
            }
            Map<ProductKey, Embedding> held = held(manifest);
            verifier.await();
            shard.restore(restored, held, manifest.generation());
            complete = true;
        } finally {
            if (!complete) {
                restored.forEach(CatalogShard::close);
            }
        }
        sequence = manifest.sequence();
        log.info(
                "began with snapshot {}: {} catalogues, {} products",
                manifest.sequence(),
                restored.size(),
                restored.stream().mapToInt(CatalogShard::size).sum());
        return new HashMap<>(manifest.offsets());
    }

    private CatalogShard open(
            SnapshotManifest manifest, CatalogEntry entry, VectorVerifier verifier)
            throws IOException, CorruptSnapshotException {
        TextIndex text =
                TextIndex.open(
                        store.textFolder(entry.textFolder()),
                        entry.catalog().schema(),
                        CatalogShard.textSettings(properties),
                        entry.textCommit());
        CatalogShard catalog =
                CatalogShard.open(entry.catalog(), properties, store, text, entry.textFolder());
        boolean complete = false;
        try (SnapshotInput in = store.open(manifest, entry.file())) {
            text.check(entry.products());
            for (VectorFile file : entry.vectors()) {
                QuantizedVectorEngine engine =
                        QuantizedVectorEngine.open(
                                store.file(manifest.sequence(), file.name()),
                                file.dimensions(),
                                properties.productsMax(),
                                properties.vectorRecall());
                verifier.verify(engine);
                catalog.vectors().restore(file.model(), engine);
            }
            int products = in.count();
            for (int i = 0; i < products; i++) {
                int ordinal = in.count();
                catalog.restore(ordinal, in.product());
            }
            int tombstones = in.count();
            for (int i = 0; i < tombstones; i++) {
                catalog.tombstones().put(in.text(), in.number(), 0);
            }
            int vectors = in.count();
            for (int i = 0; i < vectors; i++) {
                int ordinal = in.count();
                catalog.restore(ordinal, in.row());
            }
            catalog.restored();
            complete = true;
        } finally {
            if (!complete) {
                catalog.close();
            }
        }
        return catalog;
    }

    private Map<ProductKey, Embedding> held(SnapshotManifest manifest)
            throws IOException, CorruptSnapshotException {
        Map<ProductKey, Embedding> held = new LinkedHashMap<>();
        try (SnapshotInput in = store.open(manifest, manifest.held())) {
            int count = in.count();
            for (int i = 0; i < count; i++) {
                held.put(ProductKey.parse(in.text()), in.embedding());
            }
        }
        return held;
    }
}
