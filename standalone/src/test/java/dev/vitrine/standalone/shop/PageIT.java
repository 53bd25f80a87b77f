package dev.vitrine.standalone.shop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.vitrine.standalone.demo.DemoCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The page in a real browser, against the real system with the demo catalogue. Screenshots lie in
 * {@code target/screenshots} for a look with one's own eyes.
 */
final class PageIT {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Path CHROMIUM =
            Path.of(System.getenv().getOrDefault("VITRINE_CHROMIUM", "/usr/bin/chromium"));

    /** Generous: hosts are shared; a test that needs it all has failed. */
    private static final double PATIENCE_MILLIS = 120_000;

    private static final String BASKETS =
            "In \\d+ baskets? with .+, [\\d.]+ times as often as by chance";

    private static Playwright playwright;
    private static Browser browser;

    private final List<String> foreignRequests = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void openBrowser() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(CHROMIUM)
                                        .setHeadless(true)
                                        .setArgs(
                                                List.of(
                                                        "--no-sandbox",
                                                        "--disable-dev-shm-usage",
                                                        "--disable-background-networking")));
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
        playwright.close();
    }

    @BeforeEach
    void openPage() {
        open(1280, 900);
    }

    @AfterEach
    void nothingWentWrongUnseen() {
        context.close();
        assertThat(foreignRequests).isEmpty();
        assertThat(errors).isEmpty();
    }

    @Test
    void typing_showsHits_andTheAddressHoldsTheSearch() {
        page.navigate(electronics(""));
        assertThat(page.getByTestId("total")).containsText("19,406");
        page.getByTestId("search-input").fill("toner cartridge");
        assertThat(page).hasURL(Pattern.compile("q=toner"));
        settled();
        assertThat(page.getByTestId("hit").first())
                .containsText(Pattern.compile("toner", Pattern.CASE_INSENSITIVE));
        screenshot("desktop-results");

        String shared = page.url();
        String first = page.getByTestId("hit-title").first().innerText();
        page.navigate("about:blank");
        page.navigate(shared);
        settled();
        assertThat(page.getByTestId("search-input")).hasValue("toner cartridge");
        assertThat(page.getByTestId("hit-title").first()).hasText(first);
    }

    @Test
    void facet_narrows_andItsCountIsTheNewTotal() {
        page.navigate(electronics("&q=laptop"));
        settled();
        Locator value = page.getByTestId("facet-supplier").locator("input[type=checkbox]").first();
        String supplier = value.getAttribute("value");
        value.check();
        settled();
        assertThat(page).hasURL(Pattern.compile("f\\.supplier="));
        assertThat(page.getByTestId("hit").first()).containsText(supplier);
        page.getByTestId("price-from").fill("100");
        page.getByTestId("price-from").press("Enter");
        settled();
        assertThat(page).hasURL(Pattern.compile("r\\.price="));
        page.goBack();
        settled();
        assertThat(page).not().hasURL(Pattern.compile("r\\.price="));
        screenshot("desktop-filtered");
    }

    @Test
    void sort_byPrice_ordersTheHits() {
        page.navigate(electronics("&q=mouse&sort=price:asc"));
        settled();
        assertThat(page.getByTestId("sort")).hasValue("price:asc");
        assertThat(page.getByTestId("hit").count()).isGreaterThan(5);
    }

    @Test
    void showMore_addsTheNextHits_andBackFromElsewhereTheyAreStillThere() {
        page.navigate(electronics("&q=laptop"));
        settled();
        int first = page.getByTestId("hit").count();
        page.getByTestId("load-more").click();
        assertThat(page.getByTestId("hit")).hasCount(2 * first);
        assertThat(ids()).doesNotHaveDuplicates();
        List<String> shown = ids();
        String address = page.url();
        page.navigate("about:blank");
        page.navigate(address);
        settled();
        assertThat(ids()).isEqualTo(shown);
    }

    private List<String> ids() {
        return page.getByTestId("hit").all().stream()
                .map(hit -> hit.getAttribute("data-id"))
                .toList();
    }

    @Test
    void product_opensWithSimilarOnes_andEscapeCloses() {
        page.navigate(electronics("&q=notebook"));
        settled();
        page.getByTestId("hit-title").first().click();
        assertThat(page.getByTestId("product-view")).isVisible();
        assertThat(page.getByTestId("similar-hit").first()).isVisible();
        screenshot("desktop-product");
        page.keyboard().press("Escape");
        assertThat(page.getByTestId("product-view")).not().isVisible();
    }

    @Test
    void explanation_saysWhyAHitIsThere() {
        page.navigate(electronics("&q=toner"));
        settled();
        page.getByTestId("explain-toggle").first().click();
        assertThat(page.getByTestId("explanation").first()).isVisible();
        assertThat(page.getByTestId("explanation").first())
                .containsText(Pattern.compile("words", Pattern.CASE_INSENSITIVE));
        screenshot("desktop-explained");
    }

    @Test
    void openingAHit_tellsTheEventLog_clickAndView() {
        page.navigate(electronics("&q=notebook"));
        settled();
        List<JsonNode> told = new ArrayList<>();
        page.onResponse(response -> {
            if (response.url().endsWith("/v1/events")) {
                assertThat(response.status()).isEqualTo(200);
                told.add(Shop.JSON.readTree(response.request().postData()).at("/events/0"));
            }
        });
        page.getByTestId("hit-title").nth(1).click();
        assertThat(page.getByTestId("similar-hit").first()).isVisible();
        page.waitForCondition(() -> told.size() >= 2);
        page.getByTestId("similar-hit").first().click();
        page.waitForCondition(() -> told.size() >= 4);

        String second = page.getByTestId("hit").nth(1).getAttribute("data-id");
        JsonNode click = event(told, "click", "queryId");
        assertThat(click.at("/items/0/id").asString()).isEqualTo(second);
        assertThat(click.at("/items/0/position").asInt()).isEqualTo(2);
        assertThat(click.path("queryId").asString()).matches("[0-9a-f]{32}");
        assertThat(event(told, "view", "items").at("/items/0/id").asString()).isEqualTo(second);
        JsonNode similar = event(told, "click", "recommendationId");
        assertThat(similar.at("/items/0/position").asInt()).isEqualTo(1);
        Object visitor = page.evaluate("localStorage.getItem('vitrine.visitor')");
        assertThat(told)
                .extracting(event -> event.path("visitorId").asString())
                .containsOnly(String.valueOf(visitor));
    }

    private static JsonNode event(List<JsonNode> told, String type, String with) {
        return told.stream()
                .filter(event -> event.path("type").asString().equals(type) && event.has(with))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void gifts_rowsOfRecommendations_sayWhyTheyAreThere() {
        ElectronicsShop.bringGifts();
        awaitStep("trending", "{}", "trending");
        page.navigate(gifts(""));
        settled();
        assertRow("trending", "From what is wanted more", "times as much wanted as usual");
        // Nothing is known of this visit yet, and a row of anything else would be no offer.
        assertThat(page.getByTestId("next-in-session-hit")).hasCount(0);
        screenshot("desktop-trending");

        String opened = "{\"products\":[\"" + DemoCatalog.GIFTS.exampleId() + "\"]}";
        awaitStep("bought-together", opened, "bought-together");
        page.navigate(gifts("&p=" + DemoCatalog.GIFTS.exampleId()));
        assertRow("bought-together", "From what is bought together", BASKETS);
        screenshot("desktop-bought-together");

        // The purchases name no visits, so the row of this one says what it comes from instead.
        String visit = String.valueOf(page.evaluate("sessionStorage.getItem('vitrine.visit')"));
        awaitStep("next-in-session", "{\"sessionId\":\"" + visit + "\"}", "bought-together");
        page.navigate(gifts(""));
        settled();
        assertRow("next-in-session", "from what is bought together", BASKETS);
        screenshot("desktop-next");
    }

    /** Events become models in the background. */
    private void awaitStep(String scenario, String request, String step) {
        page.waitForCondition(
                () ->
                        ElectronicsShop.shop()
                                .post("/v1/catalogs/gifts/recommendations/" + scenario, request)
                                .body()
                                .path("step")
                                .asString("")
                                .equals(step),
                new Page.WaitForConditionOptions().setTimeout(PATIENCE_MILLIS));
    }

    /** The row gives a reason for itself, and one for each of its products. */
    private void assertRow(String scenario, String rowReason, String itemReason) {
        assertThat(page.getByTestId(scenario + "-reason")).containsText(rowReason);
        Locator items = page.getByTestId(scenario + "-hit");
        assertThat(items.first()).isVisible();
        assertThat(items.first()).containsText(Pattern.compile(itemReason));
        assertThat(items.locator(".card-reason")).hasCount(items.count());
    }

    @Test
    void keyboard_alone_searchesAndOpens() {
        page.navigate(electronics(""));
        settled();
        page.evaluate("document.activeElement.blur()");
        page.keyboard().press("/");
        page.keyboard().type("keyboard");
        assertThat(page).hasURL(Pattern.compile("q=keyboard"));
        settled();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        assertThat(page.getByTestId("product-view")).isVisible();
    }

    @Test
    void nothingFound_saysSo_andMarkupInAQueryStaysText() {
        page.navigate(electronics("&q=" + Shop.encode("<img src=x onerror=alert(1)>zzqqxx")));
        settled();
        assertThat(page.getByTestId("empty")).isVisible();
        assertThat(page.locator("img[src=x]")).hasCount(0);
    }

    @Test
    void phone_hasFiltersInADrawer_andNothingSticksOut() {
        context.close();
        open(390, 844);
        page.navigate(electronics("&q=laptop"));
        settled();
        screenshot("phone-results");
        page.getByTestId("filters-open").click();
        assertThat(page.getByTestId("facet-supplier")).isVisible();
        screenshot("phone-filters");
        Object overflow =
                page.evaluate(
                        "document.documentElement.scrollWidth -"
                                + " document.documentElement.clientWidth");
        assertThat(((Number) overflow).intValue()).isZero();
    }

    @Test
    void landmarksAndNames_areThereForScreenReaders() {
        page.navigate(electronics("&q=laptop"));
        settled();
        assertThat(page.getByRole(AriaRole.MAIN)).isVisible();
        assertThat(page.getByRole(AriaRole.SEARCH)).isVisible();
        assertThat(page.getByTestId("total")).isVisible();
    }

    private void open(int width, int height) {
        context =
                browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height));
        page = context.newPage();
        String own = ElectronicsShop.shop().gateway().toString();
        page.onRequest(request -> {
            if (!request.url().startsWith(own) && !request.url().startsWith("data:")) {
                foreignRequests.add(request.url());
            }
        });
        page.onPageError(errors::add);
    }

    private void settled() {
        assertThat(page.locator("#hits")).hasAttribute("aria-busy", "false");
    }

    private void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    /** By name: without one the page shows the first catalogue, and other tests make some. */
    private static String electronics(String more) {
        return address(DemoCatalog.ELECTRONICS, more);
    }

    private static String gifts(String more) {
        return address(DemoCatalog.GIFTS, more);
    }

    private static String address(DemoCatalog catalog, String more) {
        return ElectronicsShop.shop().gateway().resolve("/?c=" + catalog.name() + more).toString();
    }
}
