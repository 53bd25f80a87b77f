package dev.vitrine.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.standalone.source.ProductSample;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoCatalogTest {

    @Test
    void electronics_resource_holdsWhatTheRecordSays() {
        Set<String> ids = new HashSet<>();
        var _ =
                ProductSample.read(
                        DemoCatalog.ELECTRONICS.file(),
                        Integer.MAX_VALUE,
                        product -> ids.add(product.path("id").asString()));
        assertThat(ids).hasSize((int) DemoCatalog.ELECTRONICS.products());
        assertThat(ids).contains(DemoCatalog.ELECTRONICS.exampleId());
    }
}
