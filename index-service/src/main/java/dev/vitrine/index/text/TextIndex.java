package dev.vitrine.index.text;

import dev.vitrine.contracts.catalog.CatalogSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.IndexDeletionPolicy;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lucene index of one catalogue under one schema.
 *
 * <p>One thread at a time writes; {@link #publish} makes views. Nothing is durable before {@link
 * #commit}, and a commit stays on disk until it is {@linkplain #retain no longer retained} and a
 * later one exists: a snapshot names the commit that belongs to it.
 *
 * <p>A failure of the disk is an {@link UncheckedIOException}. The index may have lost changes then
 * and is not to be written again; views that were made before go on.
 */
public final class TextIndex implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TextIndex.class);

    static final String ID = "id";
    static final String ORDINAL = "ordinal";

    private static final FieldType TEXT = textType();

    private final TextFields fields;
    private final Similarity similarity;
    private final Directory directory;
    private final Commits commits;
    private final PauseMergePolicy merges = new PauseMergePolicy();
    private final IndexWriter writer;
    private @Nullable DirectoryReader last;
    private @Nullable FormQueries forms;

    /** Last change that is in segments as few as a pause leaves; for the merging thread. */
    private long merged = -1;

    /** Keeps the newest commit and the ones that snapshots name. */
    private static final class Commits extends IndexDeletionPolicy {

        private final Set<String> retained = new HashSet<>();

        @Override
        public void onInit(List<? extends IndexCommit> commits) {
            onCommit(commits);
        }

        @Override
        public synchronized void onCommit(List<? extends IndexCommit> commits) {
            for (int i = 0; i < commits.size() - 1; i++) {
                if (!retained.contains(commits.get(i).getSegmentsFileName())) {
                    commits.get(i).delete();
                }
            }
        }

        synchronized void retain(Set<String> names) {
            retained.clear();
            retained.addAll(names);
        }
    }

    private TextIndex(
            Directory directory,
            CatalogSchema schema,
            TextSettings settings,
            @Nullable String commit)
            throws IOException {
        this.directory = directory;
        this.fields = new TextFields(schema);
        this.similarity = new BM25Similarity(settings.k1(), settings.b());
        this.commits = new Commits();
        IndexWriterConfig config =
                new IndexWriterConfig(new ProductAnalyzer())
                        .setSimilarity(similarity)
                        .setRAMBufferSizeMB(settings.bufferMegabytes())
                        .setIndexDeletionPolicy(commits)
                        .setMergePolicy(merges)
                        .setCommitOnClose(false);
        if (commit == null) {
            config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
        } else {
            commits.retain(Set.of(commit));
            config.setOpenMode(IndexWriterConfig.OpenMode.APPEND)
                    .setIndexCommit(find(directory, commit));
        }
        this.writer = new IndexWriter(directory, config);
    }

    /** Creates an empty index in a folder, in place of what may be there. */
    public static TextIndex create(Path folder, CatalogSchema schema, TextSettings settings) {
        try {
            return new TextIndex(FSDirectory.open(folder), schema, settings, null);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a text index in " + folder, e);
        }
    }

    /**
     * Opens an index exactly as of a commit; anything later is dropped.
     *
     * @throws IOException when the commit is not there or damaged
     */
    public static TextIndex open(
            Path folder, CatalogSchema schema, TextSettings settings, String commit)
            throws IOException {
        return new TextIndex(FSDirectory.open(folder), schema, settings, commit);
    }

    private static IndexCommit find(Directory directory, String name) throws IOException {
        for (IndexCommit commit : DirectoryReader.listCommits(directory)) {
            if (commit.getSegmentsFileName().equals(name)) {
                return commit;
            }
        }
        throw new IOException("the text index has no commit " + name);
    }

    private static FieldType textType() {
        FieldType type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        type.freeze();
        return type;
    }

    /**
     * Reads all of the index and compares it with its checksums.
     *
     * @param products how many products it ought to hold
     * @throws IOException when it is damaged or holds another number of products
     */
    public void check(int products) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(writer)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                leaf.reader().checkIntegrity();
            }
            if (reader.numDocs() != products) {
                throw new IOException(
                        "the text index holds "
                                + reader.numDocs()
                                + " products, its snapshot "
                                + products);
            }
        }
    }

    /** Indexes a product in place of the one that may have its id. */
    public void put(String id, int ordinal, Map<String, Object> document) {
        Document indexed = new Document();
        indexed.add(new StringField(ID, id, Field.Store.NO));
        indexed.add(new NumericDocValuesField(ORDINAL, ordinal));
        fields.forEach(document, (field, text) -> indexed.add(new Field(field, text, TEXT)));
        try {
            writer.updateDocument(new Term(ID, id), indexed);
        } catch (IOException | AlreadyClosedException e) {
            throw failure("cannot index product " + id, e);
        }
    }

    /** Takes a product out. */
    public void remove(String id) {
        try {
            writer.deleteDocuments(new Term(ID, id));
        } catch (IOException | AlreadyClosedException e) {
            throw failure("cannot remove product " + id, e);
        }
    }

    /** A new view of all changes so far; to be closed by the caller. */
    public TextView publish() {
        try {
            DirectoryReader reader = last == null ? DirectoryReader.open(writer) : reopen(last);
            if (forms == null || !reader.equals(last)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                searcher.setSimilarity(similarity);
                // Whole result sets are collected, so cached filters and early ends never help.
                searcher.setQueryCache(null);
                forms = FormQueries.over(searcher, fields.weights());
            }
            last = reader;
            return new TextView(reader, forms);
        } catch (IOException | AlreadyClosedException e) {
            throw failure("cannot open the text index", e);
        }
    }

    private DirectoryReader reopen(DirectoryReader before) throws IOException {
        if (!before.tryIncRef()) {
            return DirectoryReader.open(writer);
        }
        // Unchanged, the same reader serves one more view: the reference just taken is that view's.
        boolean kept = false;
        try {
            DirectoryReader changed = DirectoryReader.openIfChanged(before, writer);
            kept = changed == null;
            return changed == null ? before : changed;
        } finally {
            if (!kept) {
                before.decRef();
            }
        }
    }

    /**
     * Merges segments that many changes have left, which makes searches quicker; for a pause in the
     * changes, though they may go on meanwhile, on another thread. Views see it once they are made
     * anew.
     *
     * @return whether there was anything to merge
     */
    public boolean mergeSegments() {
        int before = merges.forced();
        try {
            long changes = writer.getMaxCompletedSequenceNumber();
            if (changes != merged) {
                writer.forceMerge(1);
                merged = changes;
            }
        } catch (AlreadyClosedException | MergePolicy.MergeAbortedException closed) {
            log.debug("closed before its segments were merged", closed);
        } catch (IOException e) {
            throw failure("cannot merge the text index", e);
        }
        return merges.forced() != before;
    }

    /** Makes all changes so far durable; the name of the commit. */
    public String commit() {
        try {
            writer.commit();
            List<IndexCommit> all = DirectoryReader.listCommits(directory);
            return all.getLast().getSegmentsFileName();
        } catch (IOException | AlreadyClosedException e) {
            throw failure("cannot commit the text index", e);
        }
    }

    /** Lucene closes a writer whose disk failed it; every later call then says so. */
    private static UncheckedIOException failure(String what, Exception cause) {
        return new UncheckedIOException(
                what, cause instanceof IOException io ? io : new IOException(cause));
    }

    /** Names the commits that are needed besides the newest; others go with the next commit. */
    public void retain(Set<String> names) {
        commits.retain(names);
    }

    /** Ends writing without a commit; views stay open. */
    @Override
    public void close() {
        try (directory) {
            writer.rollback();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the text index", e);
        }
    }
}
