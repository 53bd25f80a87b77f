package dev.vitrine.recommender.recommend;

/** One way to find products; scenarios are chains of them. */
enum Step {
    BOUGHT_TOGETHER("bought-together", "what is bought together"),
    SESSION_NEIGHBOURS("session-neighbours", "what followed in visits like this one"),
    SIMILAR("similar", "what is described alike"),
    TRENDING("trending", "what is wanted more than it used to be"),
    TRENDING_IN_CATEGORY(
            "trending-in-category", "what is wanted more than it used to be in the same category"),
    /** Its scores are those of {@link #POPULAR}, and so is its name. */
    POPULAR_IN_CATEGORY("popular", "what is wanted most in the same category"),
    POPULAR("popular", "what is wanted most"),
    CATALOG("catalog", "the catalogue as it is");

    private final String wireName;
    private final String description;

    Step(String wireName, String description) {
        this.wireName = wireName;
        this.description = description;
    }

    String wireName() {
        return wireName;
    }

    /** A phrase for a reason. */
    String description() {
        return description;
    }
}
