package dev.vitrine.benchmarks.vectors.peer;

import dev.vitrine.benchmarks.vectors.RowFile;
import dev.vitrine.benchmarks.vectors.RowSubset;
import dev.vitrine.benchmarks.vectors.VectorIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/**
 * HNSW of Lucene in one merged segment, searched at the reader: what a k-NN query adds around it
 * (rewriting, merging of one segment's hits) is not counted against Lucene.
 */
public final class LuceneIndex implements VectorIndex {

    static final String VECTOR = "vector";
    private static final String ID = "id";

    /** Builds the graph of a whole catalogue at once if it fits; the largest that Lucene takes. */
    private static final double BUFFER_MEGABYTES = 1_900;

    private final MMapDirectory directory;
    private final ExecutorService mergers;
    private final IndexWriter writer;
    private final DirectoryReader reader;
    private final Kind kind;
    private final int degree;
    private final double buildSeconds;

    /** How rows are kept for the graph search. */
    public enum Kind {
        FLOAT("float"),
        INT8("int8"),
        BIT("1 bit");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /** Builds an index in a fresh folder below the given one, which is left to the caller. */
    public static LuceneIndex build(RowFile rows, Kind kind, int degree, Path parent)
            throws IOException {
        Path folder = Files.createTempDirectory(parent, "lucene");
        ExecutorService mergers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        MMapDirectory directory = new MMapDirectory(folder);
        long from = System.nanoTime();
        IndexWriter writer = new IndexWriter(directory, config(kind, degree, mergers));
        float[] vector = new float[rows.dimensions()];
        for (int i = 0; i < rows.count(); i++) {
            rows.copy(i, vector);
            writer.addDocument(document(i, vector.clone()));
        }
        writer.forceMerge(1);
        writer.commit();
        DirectoryReader reader = DirectoryReader.open(writer);
        double seconds = (System.nanoTime() - from) / 1e9;
        return new LuceneIndex(directory, mergers, writer, reader, kind, degree, seconds);
    }

    private LuceneIndex(
            MMapDirectory directory,
            ExecutorService mergers,
            IndexWriter writer,
            DirectoryReader reader,
            Kind kind,
            int degree,
            double buildSeconds) {
        this.directory = directory;
        this.mergers = mergers;
        this.writer = writer;
        this.reader = reader;
        this.kind = kind;
        this.degree = degree;
        this.buildSeconds = buildSeconds;
        if (reader.leaves().size() != 1) {
            throw new IllegalStateException(reader.leaves().size() + " segments after the merge");
        }
    }

    private static IndexWriterConfig config(Kind kind, int degree, ExecutorService mergers) {
        int cores = Runtime.getRuntime().availableProcessors();
        KnnVectorsFormat format =
                switch (kind) {
                    case FLOAT ->
                            new Lucene99HnswVectorsFormat(
                                    degree,
                                    PeerSettings.BUILD_BREADTH,
                                    cores,
                                    cores == 1 ? null : mergers);
                    case INT8 -> quantized(ScalarEncoding.UNSIGNED_BYTE, degree, cores, mergers);
                    case BIT ->
                            quantized(
                                    ScalarEncoding.SINGLE_BIT_QUERY_NIBBLE, degree, cores, mergers);
                };
        Codec codec = Codec.getDefault();
        return new IndexWriterConfig()
                .setCodec(
                        new FilterCodec(codec.getName(), codec) {
                            @Override
                            public KnnVectorsFormat knnVectorsFormat() {
                                return format;
                            }
                        })
                .setUseCompoundFile(false)
                .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                // Keeps documents in the order they came: a document's number is the row's.
                .setMergePolicy(new LogDocMergePolicy());
    }

    private static KnnVectorsFormat quantized(
            ScalarEncoding encoding, int degree, int cores, ExecutorService mergers) {
        return new Lucene104HnswScalarQuantizedVectorsFormat(
                encoding,
                degree,
                PeerSettings.BUILD_BREADTH,
                cores,
                // With one worker it wants no threads.
                cores == 1 ? null : mergers);
    }

    private static Document document(int row, float[] vector) {
        Document document = new Document();
        document.add(new StringField(ID, Integer.toString(row), Store.NO));
        document.add(new KnnFloatVectorField(VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
        return document;
    }

    @Override
    public String engine() {
        return "lucene";
    }

    @Override
    public String variant() {
        return variant(kind, degree);
    }

    static String variant(Kind kind, int degree) {
        return "hnsw M=" + degree + ' ' + kind.label;
    }

    @Override
    public double buildSeconds() {
        return buildSeconds;
    }

    @Override
    public List<Setting> settings() {
        // A scan needs no graph: first, as an exact enough setting ends those that look at more.
        List<Setting> settings = new ArrayList<>();
        if (kind != Kind.BIT) {
            settings.add(PeerSettings.SCAN);
        }
        if (kind != Kind.FLOAT) {
            settings.addAll(PeerSettings.rescoredScans());
        }
        settings.addAll(
                switch (kind) {
                    case FLOAT -> PeerSettings.plain();
                    case INT8 -> PeerSettings.plainAndRescored();
                    case BIT -> PeerSettings.rescored();
                });
        return settings;
    }

    @Override
    public Searcher searcher(Setting setting, RowSubset filter) throws IOException {
        LeafReader leaf = reader.leaves().getFirst().reader();
        return new LuceneSearcher(leaf, setting, filter);
    }

    @Override
    public OptionalDouble replace(int[] ordinals, float[][] vectors) throws IOException {
        long from = System.nanoTime();
        for (int i = 0; i < ordinals.length; i++) {
            writer.updateDocument(
                    new Term(ID, Integer.toString(ordinals[i])), document(ordinals[i], vectors[i]));
        }
        try (DirectoryReader changed = DirectoryReader.openIfChanged(reader, writer)) {
            if (changed == null) {
                throw new IllegalStateException("the changes cannot be seen");
            }
            return OptionalDouble.of(ordinals.length / ((System.nanoTime() - from) / 1e9));
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
        writer.close();
        mergers.shutdown();
        directory.close();
    }
}
