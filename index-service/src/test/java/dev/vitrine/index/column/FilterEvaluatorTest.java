package dev.vitrine.index.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contracts.index.FacetRequest;
import dev.vitrine.contracts.index.FilterException;
import dev.vitrine.contracts.index.FilterParser;
import dev.vitrine.contracts.index.SortKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilterEvaluatorTest {

    private final ColumnView view = view();

    private static ColumnView view() {
        ColumnStore store = new ColumnStore(RandomShop.SCHEMA, 100);
        put(store, 0, Map.of("brand", "Acme", "price", 10, "category", List.of("A > B", "C>D")));
        put(store, 1, Map.of("brand", List.of("bolt", "Acme"), "price", "12.5", "sku", "WH-1/X"));
        put(store, 2, Map.of("price", "cheap", "released", "2020-02-29T10:00:00+02:00"));
        return store.publish();
    }

    private static void put(ColumnStore store, int ordinal, Map<String, Object> document) {
        store.put(ordinal, new StoredProduct("p" + ordinal, 1, 1, "", "", new byte[0]), document);
    }

    private long hits(String filter) {
        return new FilterEvaluator(view).evaluate(FilterParser.parse(filter))[0];
    }

    @Test
    void evaluate_everyKindOfCondition_findsItsProducts() {
        assertThat(hits("brand = Acme")).isEqualTo(0b011);
        assertThat(hits("brand = acme")).isZero();
        assertThat(hits("NOT brand = Acme")).isEqualTo(0b100);
        assertThat(hits("price 10 TO 12.5")).isEqualTo(0b011);
        assertThat(hits("price > 10")).isEqualTo(0b010);
        assertThat(hits("price != 10")).isEqualTo(0b110);
        assertThat(hits("price EXISTS")).isEqualTo(0b011);
        assertThat(hits("category = 'A'")).isEqualTo(0b001);
        assertThat(hits("category = 'C > D'")).isEqualTo(0b001);
        assertThat(hits("category = 'B'")).isZero();
        assertThat(hits("released < \"2020-03-01\" AND released >= \"2020-02-29T08:00:00Z\""))
                .isEqualTo(0b100);
        assertThat(hits("attr_n_never = 3")).isZero();
        assertThat(view.withIdentifier("wh 1x")[0]).isEqualTo(0b010);
    }

    @Test
    void evaluate_wrongFieldOrValue_saysWhichAndWhy() {
        assertThatThrownBy(() -> hits("nosuch = 1"))
                .isInstanceOf(FilterException.class)
                .hasMessage("the schema has no field 'nosuch'");
        assertThatThrownBy(() -> hits("price > 1 AND title = x"))
                .hasMessage("field 'title' is not filterable")
                .extracting(e -> ((FilterException) e).pointer())
                .isEqualTo("/and/1");
        assertThatThrownBy(() -> hits("price = cheap"))
                .hasMessage("field 'price' needs a finite number, not 'cheap'");
        assertThatThrownBy(() -> hits("price < NaN"))
                .hasMessage("field 'price' needs a finite number, not 'NaN'");
        assertThatThrownBy(() -> hits("released > yesterday"))
                .hasMessage(
                        "field 'released' needs an ISO 8601 date or date-time, not 'yesterday'");
        assertThatThrownBy(() -> hits("brand > A"))
                .hasMessage(
                        "field 'brand' is of type keyword: ranges and comparisons need a number"
                                + " or a date");
        assertThatThrownBy(() -> hits("active = maybe"))
                .hasMessage("field 'active' needs true or false, not 'maybe'");
    }

    @Test
    void facetsAndSorts_wrongField_saysWhichAndWhy() {
        FacetCounter counter = new FacetCounter(view, view.all());
        assertThatThrownBy(() -> counter.count(List.of(FacetRequest.of("title"))))
                .isInstanceOf(FieldException.class)
                .hasMessage("field 'title' is no facet");
        assertThatThrownBy(() -> counter.count(List.of(FacetRequest.of("zz*"))))
                .hasMessage("the schema has no facet field that starts with 'zz'");
        assertThatThrownBy(() -> SortOrder.of(view, List.of(new SortKey("title", false))))
                .isInstanceOf(FieldException.class)
                .hasMessage("field 'title' is not sortable");
    }

    @Test
    void count_star_givesEveryFacetFieldThatIsNoPattern() {
        assertThat(new FacetCounter(view, view.all()).count(List.of(FacetRequest.of("*"))))
                .containsOnlyKeys(
                        "brand", "colors", "sku", "category", "price", "released", "active");
    }

    @Test
    void put_moreFieldsThanColumns_keepsTheProductAndCountsWhatIsNotIndexed() {
        ColumnStore store = new ColumnStore(RandomShop.SCHEMA, 2);
        put(store, 0, Map.of("price", 1, "attr_n_1", 1, "attr_n_2", 2));

        assertThat(store.publish().size()).isEqualTo(1);
        assertThat(store.columnCount()).isEqualTo(2);
        assertThat(store.refusedValues()).isEqualTo(2);
    }
}
