package dev.vitrine.standalone.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.standalone.command.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A feed without a field {@code id}, imported again and again. */
final class ImportCommandIT {

    private static final String CATALOG = "feed";
    private static Shop shop;

    @TempDir private Path folder;

    @BeforeAll
    static void open() {
        shop = ElectronicsShop.shop();
    }

    @Test
    void identity_isGuessedOnce_andHasToBeSaidLater() throws IOException {
        CommandRun created =
                run(
                        "--create",
                        file("sku,title,price\nA-1,Red lamp,10\nA-2,Blue lamp,12\nA-3,Desk,90\n"));
        assertThat(created.code()).as(created.err()).isZero();
        assertThat(created.out()).contains("identified by the field sku");

        // As a row without its sku makes it: no field is a product's own any more.
        CommandRun numbered =
                run("--replace", file("sku,title,price\n,Red lamp,10\nA-2,Blue lamp,12\n"));
        assertThat(numbered.code()).isEqualTo(1);
        assertThat(numbered.err()).contains("--id FIELD says which field identifies a product");
        CommandRun guessed = run(file("category_id,sku,price\n7,A-1,11\n8,A-2,13\n"));
        assertThat(guessed.code()).isEqualTo(1);
        assertThat(guessed.err()).contains("for example --id sku");
        CommandRun unknown = run("--id", "ean", file("sku,price\nA-1,11\n"));
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("No field ean");
        assertThat(ids()).containsExactlyInAnyOrder("A-1", "A-2", "A-3");

        CommandRun replaced =
                run(
                        "--replace",
                        "--id",
                        "sku",
                        file("sku,title,price\nA-1,Red lamp,10\nA-2,Blue lamp,12\n"));
        assertThat(replaced.code()).as(replaced.err()).isZero();
        assertThat(ids()).containsExactlyInAnyOrder("A-1", "A-2");
    }

    private static List<String> ids() {
        return shop.searchAll(CATALOG, Shop.query("")).stream()
                .map(hit -> hit.path("id").asString())
                .toList();
    }

    private String file(String csv) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "feed", ".csv"), csv).toString();
    }

    private static CommandRun run(String... options) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "import",
                                "--catalog",
                                CATALOG,
                                "--url",
                                shop.gateway().toString()));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
