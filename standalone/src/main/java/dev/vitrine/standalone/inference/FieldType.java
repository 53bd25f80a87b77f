package dev.vitrine.standalone.inference;

/** The types of the schema, under the names they have in the interface. */
public enum FieldType {
    TEXT("text"),
    KEYWORD("keyword"),
    NUMBER("number"),
    BOOLEAN("boolean"),
    DATE("date"),
    IMAGE("image"),
    CATEGORY_PATH("category-path");

    private final String wireName;

    FieldType(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
