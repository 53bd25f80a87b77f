package dev.vitrine.index.snapshot;

import dev.vitrine.contracts.catalog.CatalogChanged;
import java.util.List;
import java.util.Map;

/**
 * What belongs together: files, Lucene commits and offsets of one moment.
 *
 * @param format version of the file formats
 * @param sequence number of the snapshot
 * @param generation last generation number that was given out
 * @param offsets next offset to read, by {@code topic-partition}
 * @param catalogs the catalogues
 * @param held vectors that came before their products
 */
public record SnapshotManifest(
        int format,
        long sequence,
        long generation,
        Map<String, Long> offsets,
        List<CatalogEntry> catalogs,
        FileEntry held) {

    /** The present format. */
    public static final int FORMAT = 2;

    public SnapshotManifest {
        offsets = Map.copyOf(offsets);
        catalogs = List.copyOf(catalogs);
    }

    /**
     * A file of the snapshot's folder.
     *
     * @param name file name
     * @param bytes its length
     * @param crc its CRC-32C
     */
    public record FileEntry(String name, long bytes, long crc) {}

    /**
     * A catalogue.
     *
     * @param catalog schema under which columns and text were made
     * @param products number of products
     * @param file products, tombstones and what each vector was made from
     * @param vectors the vectors, a file for each model
     * @param textFolder folder of the text index, below that of the shard
     * @param textCommit its commit that belongs to the file
     */
    public record CatalogEntry(
            CatalogChanged catalog,
            int products,
            FileEntry file,
            List<VectorFile> vectors,
            String textFolder,
            String textCommit) {

        public CatalogEntry {
            vectors = List.copyOf(vectors);
        }
    }

    /**
     * A file of the snapshot's folder that holds the vectors of a model, with checksums of its own.
     *
     * @param name file name
     * @param model id of the model
     * @param dimensions number of components of every vector
     */
    public record VectorFile(String name, String model, int dimensions) {}
}
