package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.embedded.testing.TestPlatform;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writer and shard in one process, as small set-ups run them: they meet on the topics only. */
class BothRolesIT {

    @TempDir private Path folder;

    @Test
    void write_becomesSearchable_andItsDeletionToo() {
        try (WriterApp app =
                WriterApp.start(
                        TestPlatform.freshDatabase(getClass()),
                        "index.roles=writer,shard",
                        "index.shard.directory=" + folder)) {
            app.put("/v1/catalogs/b-both", CatalogWriteIT.SCHEMA);
            app.put("/v1/catalogs/b-both/products/1", "{\"title\":\"Lamp\"}");
            applied(app, 1);
            assertThat(
                            WriterApp.json(app.get("/internal/v1/catalogs/b-both/status").body())
                                    .get("searchable")
                                    .asInt())
                    .isEqualTo(1);
            app.delete("/v1/catalogs/b-both/products/1");
            applied(app, 2);
            assertThat(
                            WriterApp.json(app.get("/internal/v1/catalogs/b-both/status").body())
                                    .get("searchable")
                                    .asInt())
                    .isZero();
        }
    }

    private static void applied(WriterApp app, long version) {
        WriterApp.await(
                "version " + version + " is searchable",
                pause ->
                        app.get(
                                        "/internal/v1/catalogs/b-both/applied?id=1&version="
                                                + version
                                                + "&timeoutMs=1000")
                                .body()
                                .equals("{\"applied\":true}"));
    }
}
