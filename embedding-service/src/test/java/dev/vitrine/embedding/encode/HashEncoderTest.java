package dev.vitrine.embedding.encode;

class HashEncoderTest extends EncoderContractSuite {

    private final Encoder encoder = new HashEncoder("hash-16", 16);

    @Override
    Encoder encoder() {
        return encoder;
    }
}
