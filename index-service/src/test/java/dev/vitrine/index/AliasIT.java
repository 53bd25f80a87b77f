package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.embedded.testing.TestDatabase;
import dev.vitrine.embedded.testing.TestPlatform;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Second names of catalogues: what they may be, what others get to know, what survives. */
class AliasIT {

    @Test
    void lifeCycle_onRestAndOnTheTopic_survivesARestart() {
        TestDatabase database = TestPlatform.freshDatabase(AliasIT.class);
        Instant first;
        try (WriterApp app = WriterApp.start(database)) {
            app.put("/v1/catalogs/al-blue", CatalogWriteIT.SCHEMA);
            app.put("/v1/catalogs/al-green", CatalogWriteIT.SCHEMA);
            var created = app.put("/v1/aliases/al-shop", "{\"catalog\":\"al-blue\"}");
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
            first = Instant.parse(WriterApp.json(created.body()).get("updatedAt").asString());
            assertThat(WriterApp.json(created.body()).get("catalog").asString())
                    .isEqualTo("al-blue");
            assertThat(app.put("/v1/aliases/al-shop", "{\"catalog\":\"al-blue\"}").body())
                    .isEqualTo(created.body());
            var swapped = app.put("/v1/aliases/al-shop", "{\"catalog\":\"al-green\"}");
            assertThat(swapped.statusCode()).isEqualTo(200);
            assertThat(WriterApp.json(swapped.body()).get("version").asLong()).isEqualTo(2);
            assertThat(app.get("/v1/aliases/al-shop").body()).isEqualTo(swapped.body());
            // The names of catalogues are as before, and so are their products.
            assertThat(app.get("/v1/catalogs").body()).doesNotContain("al-shop");
        }
        List<CatalogChanged> told = toldUntil(2);
        assertThat(told.getLast().aliasOf()).isEqualTo("al-green");
        // A swap changes what the name stands for, not that it is that shop's name.
        assertThat(told.getLast().since()).isEqualTo(first);
        // Who knows no aliases must not see a catalogue.
        assertThat(told).allMatch(CatalogChanged::deleted);

        try (WriterApp app = WriterApp.start(database)) {
            assertThat(app.get("/v1/aliases").body())
                    .contains("\"alias\":\"al-shop\",\"catalog\":\"al-green\"");
            assertThat(app.delete("/v1/aliases/al-shop").statusCode()).isEqualTo(204);
            CatalogWriteIT.assertProblem(app.get("/v1/aliases/al-shop"), 404, "ALIAS_NOT_FOUND");
            // The name is free for a catalogue, and its versions go on.
            var catalog = app.put("/v1/catalogs/al-shop", CatalogWriteIT.SCHEMA);
            assertThat(catalog.statusCode()).as(catalog.body()).isEqualTo(201);
            assertThat(WriterApp.json(catalog.body()).get("schemaVersion").asLong()).isEqualTo(4);
            Instant second = toldUntil(4).getLast().since();
            assertThat(second).isAfter(first);
            app.put("/v1/catalogs/al-shop", CatalogWriteIT.SCHEMA.replace("1", "2"));
            assertThat(toldUntil(5).getLast().since()).as("another schema").isEqualTo(second);
            app.delete("/v1/catalogs/al-shop");
            assertThat(toldUntil(6).getLast().since()).as("deleted").isAfter(second);
        }
    }

    private static List<CatalogChanged> toldUntil(long version) {
        return WriterApp.records(
                        Topics.SCHEMAS,
                        "default/al-shop",
                        seen -> CatalogWriteIT.catalog(seen.getLast()).schemaVersion() == version)
                .stream()
                .map(CatalogWriteIT::catalog)
                .toList();
    }

    @Test
    void names_areOneOrTheOther_andTargetsExist() {
        try (WriterApp app =
                WriterApp.start(
                        TestPlatform.freshDatabase(AliasIT.class), "index.catalog.max-aliases=1")) {
            app.put("/v1/catalogs/al-one", CatalogWriteIT.SCHEMA);
            app.put("/v1/aliases/al-name", "{\"catalog\":\"al-one\"}");
            problem(app, "al-one", "{\"catalog\":\"al-one\"}", 409, "NAME_IS_CATALOG");
            problem(app, "al-two", "{\"catalog\":\"al-one\"}", 409, "TOO_MANY_ALIASES");
            problem(app, "al-name", "{\"catalog\":\"al-none\"}", 422, "ALIAS_INVALID");
            problem(app, "al-name", "{\"catalog\":\"al-name\"}", 422, "ALIAS_INVALID");
            problem(app, "al-name", "{\"catalog\":\"No Name\"}", 422, "ALIAS_INVALID");
            problem(app, "al-name", "{}", 422, "INVALID_REQUEST");
            problem(app, "al-name", "{\"catalog\":", 400, "MALFORMED_JSON");
            CatalogWriteIT.assertProblem(
                    app.put("/v1/catalogs/al-name", CatalogWriteIT.SCHEMA), 409, "NAME_IS_ALIAS");
            CatalogWriteIT.assertProblem(
                    app.delete("/v1/catalogs/al-one"), 409, "CATALOG_HAS_ALIASES");
            CatalogWriteIT.assertProblem(
                    app.delete("/v1/catalogs/al-name"), 404, "CATALOG_NOT_FOUND");
            CatalogWriteIT.assertProblem(app.delete("/v1/aliases/al-one"), 404, "ALIAS_NOT_FOUND");
            assertThat(app.delete("/v1/aliases/al-name").statusCode()).isEqualTo(204);
            assertThat(app.delete("/v1/catalogs/al-one").statusCode()).isEqualTo(202);
        }
    }

    private static void problem(WriterApp app, String alias, String body, int status, String code) {
        CatalogWriteIT.assertProblem(app.put("/v1/aliases/" + alias, body), status, code);
    }
}
