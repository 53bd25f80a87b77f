package dev.vitrine.index.command;

import java.math.BigDecimal;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.jspecify.annotations.Nullable;

/** Bytes as Kafka Connect and Debezium make them: its envelope, by the real JsonConverter. */
final class ForeignRecords {

    static final String UNAVAILABLE = "__debezium_unavailable_value";

    static final Schema KEY = SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();

    static final Schema ROW =
            SchemaBuilder.struct()
                    .optional()
                    .field("id", Schema.INT64_SCHEMA)
                    .field("title", Schema.OPTIONAL_STRING_SCHEMA)
                    .field("brand", Schema.OPTIONAL_STRING_SCHEMA)
                    .field("price", Decimal.builder(2).optional().build())
                    .field(
                            "released",
                            SchemaBuilder.int32().name("io.debezium.time.Date").optional().build())
                    .build();

    private static final Schema SOURCE =
            SchemaBuilder.struct()
                    .field("connector", Schema.STRING_SCHEMA)
                    .field("ts_ms", Schema.INT64_SCHEMA)
                    .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
                    .build();

    private static final Schema ENVELOPE =
            SchemaBuilder.struct()
                    .name("shop.public.products.Envelope")
                    .field("before", ROW)
                    .field("after", ROW)
                    .field("source", SOURCE)
                    .field("op", Schema.STRING_SCHEMA)
                    .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
                    .build();

    private ForeignRecords() {}

    static Struct row(long id, @Nullable String title, @Nullable String price) {
        return new Struct(ROW)
                .put("id", id)
                .put("title", title)
                .put("brand", "Acme")
                .put("price", price == null ? null : new BigDecimal(price))
                .put("released", 20_000);
    }

    /** An envelope's bytes. */
    static byte[] envelope(
            boolean schema,
            Map<String, Object> settings,
            String op,
            @Nullable Struct before,
            @Nullable Struct after,
            long lsn) {
        return connect(
                schema,
                settings,
                ENVELOPE,
                new Struct(ENVELOPE)
                        .put("before", before)
                        .put("after", after)
                        .put(
                                "source",
                                new Struct(SOURCE)
                                        .put("connector", "postgresql")
                                        .put("ts_ms", lsn * 1000)
                                        .put("lsn", lsn))
                        .put("op", op)
                        .put("ts_ms", lsn * 1000 + 5));
    }

    /** What Kafka Connect writes of a value. */
    static byte[] connect(
            boolean withSchema, Map<String, Object> settings, Schema schema, Object value) {
        try (JsonConverter converter = new JsonConverter()) {
            Map<String, Object> all = new java.util.HashMap<>(settings);
            all.put("schemas.enable", withSchema);
            converter.configure(all, false);
            return converter.fromConnectData("t", schema, value);
        }
    }

    /** A record as a consumer reads it. */
    static ConsumerRecord<String, byte[]> record(
            @Nullable String key, byte @Nullable [] value, Header... headers) {
        return new ConsumerRecord<>(
                "t",
                3,
                77,
                1_700_000_000_000L,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key,
                value,
                new RecordHeaders(headers),
                java.util.Optional.empty());
    }
}
