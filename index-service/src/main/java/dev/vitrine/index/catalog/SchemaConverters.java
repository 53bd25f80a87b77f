package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.servicekit.WireJson;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.util.PGobject;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;

/** A schema as a JSON column. */
final class SchemaConverters {

    private SchemaConverters() {}

    static List<Converter<?, ?>> all() {
        return List.of(new Reading(), new Writing());
    }

    @ReadingConverter
    private static final class Reading implements Converter<PGobject, CatalogSchema> {
        @Override
        public CatalogSchema convert(PGobject json) {
            return WireJson.mapper().readValue(json.getValue(), CatalogSchema.class);
        }
    }

    @WritingConverter
    private static final class Writing implements Converter<CatalogSchema, PGobject> {
        @Override
        public PGobject convert(CatalogSchema schema) {
            PGobject json = new PGobject();
            json.setType("json");
            try {
                json.setValue(WireJson.mapper().writeValueAsString(schema));
            } catch (SQLException e) {
                throw new IllegalStateException("a PGobject takes any text", e);
            }
            return json;
        }
    }
}
