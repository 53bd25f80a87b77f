package dev.vitrine.standalone.drill;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a product holds after one write. The number of the write tells it from what every other
 * write would have left.
 *
 * @param write number of the write, 1 and up; 0 for a product that is not there
 * @param revision how often the text has changed
 * @param title the text
 * @param price the value that only columns hold
 */
record Content(long write, int revision, String title, long price) {
    /** The product is not there. */
    static final Content ABSENT = new Content(0, 0, "", 0);

    private static final String LETTERS = "bcfghjkmpqvwxz";
    private static final int LETTERS_IN_WORD = 4;

    static final String SCHEMA =
            """
            {"fields": [
              {"name": "title", "type": "text", "weight": 2, "role": "title"},
              {"name": "price", "type": "number", "filterable": true, "sortable": true, "role": "price"},
              {"name": "write", "type": "number", "filterable": true, "sortable": true},
              {"name": "revision", "type": "keyword", "filterable": true, "facet": true}]}
            """;

    boolean present() {
        return write > 0;
    }

    Content withPrice(long newWrite, long newPrice) {
        return new Content(newWrite, revision, title, newPrice);
    }

    /**
     * The word that only texts of this revision hold: of one length, without digits, and with no
     * ending that a stemmer knows.
     */
    static String revisionWord(int revision) {
        return "drillrev" + letters(revision);
    }

    /** The word that only texts of this product hold. */
    static String productWord(int product) {
        return "drillitem" + letters(product);
    }

    private static String letters(int number) {
        StringBuilder word = new StringBuilder();
        for (int rest = number, i = 0; i < LETTERS_IN_WORD; i++, rest /= LETTERS.length()) {
            word.append(LETTERS.charAt(rest % LETTERS.length()));
        }
        return word.toString();
    }

    String toJson(JsonMapper json, String id) {
        ObjectNode document = json.createObjectNode();
        document.put("id", id);
        document.put("title", title);
        document.put("price", price);
        document.put("write", write);
        document.put("revision", Integer.toString(revision));
        return json.writeValueAsString(document);
    }

    /** The content of a document as any part of Vitrine gives it back. */
    static Content of(JsonNode document) {
        return new Content(
                document.path("write").asLong(0),
                document.path("revision").asInt(-1),
                document.path("title").asString(""),
                document.path("price").asLong(-1));
    }
}
