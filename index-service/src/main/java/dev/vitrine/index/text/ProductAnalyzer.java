package dev.vitrine.index.text;

import org.apache.lucene.analysis.Analyzer;

/** Analysis of product texts by {@link ProductTokenizer}. Thread-safe. */
final class ProductAnalyzer extends Analyzer {

    @Override
    protected TokenStreamComponents createComponents(String fieldName) {
        return new TokenStreamComponents(new ProductTokenizer());
    }
}
