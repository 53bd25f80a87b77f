package dev.vitrine.benchmarks.engine;

import dev.vitrine.benchmarks.catalog.Product;
import dev.vitrine.benchmarks.catalog.Question;
import dev.vitrine.benchmarks.load.HttpAnswer;
import dev.vitrine.benchmarks.load.HttpCall;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One search engine behind its own HTTP interface, with the demo catalogue in it. */
public interface Engine extends AutoCloseable {

    /** Its name in the JSON. */
    String name();

    /** Where searches and writes go. */
    URI address();

    /** Processes that do its work, by name. */
    Map<String, Long> processes();

    /** What it can be asked. */
    Set<Workload> workloads();

    /** One call for each question. */
    List<HttpCall> calls(Workload workload, List<Question> questions);

    /** Whether an answer to a search is whole: no error, no part missing. */
    boolean good(HttpAnswer answer);

    /** Ids of the first products for a query, best first. */
    List<String> ranking(String query, boolean hybrid, int depth) throws IOException;

    /** Gives a product another price; returns when the engine has acknowledged it. */
    HttpCall setPrice(Product product, double price);

    /** Asks for a product with that id and price; {@link #found} tells from the answer. */
    HttpCall findPrice(Product product, double price);

    /** Whether {@link #findPrice} was answered with the product. */
    boolean found(HttpAnswer answer);

    /** Writes whole products, as a feed does. */
    HttpCall importBatch(List<Product> products);

    @Override
    void close() throws IOException;
}
