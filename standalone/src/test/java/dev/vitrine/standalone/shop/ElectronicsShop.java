package dev.vitrine.standalone.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.standalone.RunningVitrine;
import dev.vitrine.standalone.client.ApiException;
import dev.vitrine.standalone.client.CatalogStatus;
import dev.vitrine.standalone.client.CatalogWait;
import dev.vitrine.standalone.client.VitrineClient;
import dev.vitrine.standalone.demo.DemoCatalog;
import dev.vitrine.standalone.demo.DemoPurchases;
import dev.vitrine.standalone.runtime.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One whole Vitrine with the demo catalogue, started by the first test that asks for it and ended
 * with the JVM: loading 19,406 products for each class would cost minutes.
 */
final class ElectronicsShop {

    private static final Duration STALLED = Duration.ofMinutes(2);

    /** Of a first search, which finds every class cold; the usual time is for the others. */
    private static final int FIRST_SEARCH_MILLIS = 30_000;

    private final RunningVitrine vitrine;
    private final Shop shop;

    private ElectronicsShop() {
        try {
            Path folder = Files.createTempDirectory("vitrine-shop");
            vitrine = RunningVitrine.start(folder, false, Map.of("VITRINE_CURRENCY", "USD"));
            Runtime.getRuntime().addShutdownHook(new Thread(vitrine::close));
            shop = new Shop(vitrine.gateway());
            try (VitrineClient client = vitrine.client()) {
                DemoCatalog.ELECTRONICS.load(client, (label, done, total) -> {}, line -> {});
            }
            shop.search(
                    DemoCatalog.ELECTRONICS.name(),
                    Shop.query("lamp").put("timeoutMs", FIRST_SEARCH_MILLIS));
        } catch (IOException | StartFailedException | ApiException e) {
            throw new IllegalStateException("the shop does not open", e);
        }
    }

    private static final class Opened {
        static final ElectronicsShop SHOP = new ElectronicsShop();
    }

    /** The shop with the demo catalogue. */
    static Shop shop() {
        return Opened.SHOP.shop;
    }

    /** Brings the second demo catalogue and its purchases into the same Vitrine, once. */
    static void bringGifts() {
        try (VitrineClient client = Opened.SHOP.vitrine.client()) {
            DemoCatalog.Progress silent = (label, done, total) -> {};
            DemoCatalog.GIFTS.load(
                    client,
                    () -> DemoPurchases.GIFTS.send(client, Instant.now(), silent, line -> {}),
                    silent,
                    line -> {});
        } catch (ApiException e) {
            throw new IllegalStateException("the gifts do not come in", e);
        }
    }

    /** Waits until everything committed is searchable with its vector. */
    static void awaitVectors(String catalog) {
        awaitVectors(shop(), catalog);
    }

    /** The same for any Vitrine. */
    static void awaitVectors(Shop shop, String catalog) {
        try (VitrineClient client = new VitrineClient(shop.gateway())) {
            CatalogStatus status =
                    CatalogWait.until(
                            client,
                            catalog,
                            CatalogStatus::allWithVector,
                            STALLED,
                            seen -> assertThat(seen.products()).isNotNegative());
            assertThat(status.searchable()).isEqualTo(status.products());
        } catch (ApiException e) {
            throw new IllegalStateException("catalogue " + catalog, e);
        }
    }
}
