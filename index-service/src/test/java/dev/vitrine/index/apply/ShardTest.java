package dev.vitrine.index.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.index.column.RandomShop;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalogues that share a shard and do not disturb each other. */
class ShardTest {

    @TempDir Path folder;

    private static CatalogRef catalog(int number) {
        return new CatalogRef("default", "shop" + number);
    }

    private static ProductChanged product(CatalogRef ref, String id) {
        return new ProductChanged(
                ref.tenant(), ref.catalog(), id, 1, 1, Map.of("title", "laptop"), "", "", "t");
    }

    private static int shown(Shard shard, CatalogRef ref) {
        return shard.read(ref, generation -> generation.text().size());
    }

    @Test
    void publish_aTextThatCannotBeWritten_keepsNoOtherCatalogueWaiting() {
        ShardWorld world = new ShardWorld(1, folder);
        List<CatalogRef> refs = IntStream.range(0, 5).mapToObj(ShardTest::catalog).toList();
        for (CatalogRef ref : refs) {
            world.shard.put(
                    new CatalogChanged(ref.tenant(), ref.catalog(), 1, false, RandomShop.SCHEMA));
        }
        world.shard.publish();
        refs.forEach(ref -> world.shard.put(product(ref, "p")));
        // As on a disk that is full for this one alone.
        world.shard.find(refs.get(2)).orElseThrow().text().close();
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(world.shard::publish);
        for (CatalogRef ref : refs) {
            assertThat(shown(world.shard, ref))
                    .as(ref.key())
                    .isEqualTo(ref.equals(refs.get(2)) ? 0 : 1);
        }
        // And the next attempt makes the text anew.
        world.shard.publish();
        assertThat(shown(world.shard, refs.get(2))).isEqualTo(1);
        world.shard.close();
    }

    @Test
    void ordinals_noneLeft_saysWhatToRaise() {
        Ordinals ordinals = new Ordinals(2);
        assertThat(ordinals.allocate(1)).isZero();
        assertThat(ordinals.allocate(1)).isEqualTo(1);
        assertThatExceptionOfType(TooManyProductsException.class)
                .isThrownBy(() -> ordinals.allocate(1))
                .withMessageContaining("index.shard.products-max");
        ordinals.free(0, 1);
        assertThat(ordinals.allocate(2)).isZero();
    }
}
