package dev.vitrine.standalone.source;

/**
 * Some consecutive products of a file, ready to be sent.
 *
 * @param firstLine number of the first line in the file, from 1
 * @param products how many lines are in the body, a CSV header not counted
 * @param contentType media type of the body
 * @param body UTF-8; owned by the receiver
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on as it is to the HTTP client; never compared.
public record ProductBatch(long firstLine, int products, String contentType, byte[] body) {

    /** The line of the file that a line of the body, from 1, was made from. */
    public long lineInFile(long lineInBody) {
        // Each CSV body starts with a header line of its own.
        long headers = contentType.startsWith("text/csv") ? 1 : 0;
        return firstLine + lineInBody - 1 - headers;
    }
}
