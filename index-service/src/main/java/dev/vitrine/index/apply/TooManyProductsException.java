package dev.vitrine.index.apply;

/** A catalogue has as many products as a shard holds. */
final class TooManyProductsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyProductsException(int max) {
        super("a catalogue has at most " + max + " products (index.shard.products-max)");
    }
}
