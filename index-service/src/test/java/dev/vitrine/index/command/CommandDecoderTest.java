package dev.vitrine.index.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.index.catalog.WriteCommand;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventSerializer;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every format and its traps, with the bytes of serializers that are not ours. */
class CommandDecoderTest {

    private static final CatalogRef SHOP = new CatalogRef("default", "shop");
    private static final CommandProperties.Source COMMANDS =
            new CommandProperties.Source("t", null, "id", CommandProperties.Mode.UPSERT);
    private static final CommandProperties.Source MAPPED =
            new CommandProperties.Source("t", "shop", "id", CommandProperties.Mode.UPSERT);

    private final CommandDecoder decoder =
            new CommandDecoder(document -> document, ForeignRecords.UNAVAILABLE);

    private CatalogCommand decode(
            CommandProperties.Source source,
            @Nullable String key,
            byte @Nullable [] value,
            Header... headers)
            throws UnusableRecordException {
        return decoder.decode(ForeignRecords.record(key, value, headers), source);
    }

    private static byte[] json(String json) {
        return json.replace('\'', '"').getBytes(UTF_8);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    private static Map<String, Object> put(CatalogCommand command) {
        assertThat(command.write()).isInstanceOf(WriteCommand.Put.class);
        return ((WriteCommand.Put) command.write()).document();
    }

    private static Map<String, Object> patch(CatalogCommand command) {
        assertThat(command.write()).isInstanceOf(WriteCommand.Merge.class);
        return ((WriteCommand.Merge) command.write()).patch();
    }

    private static void assertDeletes(CatalogCommand command, String id) {
        assertThat(command.write()).isInstanceOf(WriteCommand.Delete.class);
        assertThat(command.write().id()).isEqualTo(id);
    }

    // ---- plain rows ----

    @Test
    void plainRow_isTheWholeProduct_andFindsItsCatalogueInThreeWays() throws Exception {
        CatalogCommand byKey =
                decode(COMMANDS, "acme/garden/a/1", json("{'title':'Hose','price':9.5}"));
        assertThat(byKey.catalog()).isEqualTo(new CatalogRef("acme", "garden"));
        assertThat(byKey.write().id()).isEqualTo("a/1");
        assertThat(put(byKey)).isEqualTo(Map.of("title", "Hose", "price", 9.5));

        CatalogCommand byHeader =
                decode(
                        COMMANDS,
                        null,
                        json("{'id':7,'title':'Hose'}"),
                        header(CommandDecoder.CATALOG, "acme/garden"));
        assertThat(byHeader.catalog()).isEqualTo(new CatalogRef("acme", "garden"));
        assertThat(byHeader.write().id()).isEqualTo("7");
        assertThat(put(byHeader)).isEqualTo(Map.of("title", "Hose"));

        CatalogCommand bySetting = decode(MAPPED, "k", json("{'title':'Hose'}"));
        assertThat(bySetting.catalog()).isEqualTo(SHOP);
        assertThat(bySetting.write().id()).isEqualTo("k");
        // The full key with a catalogue from elsewhere: its id, not all of it.
        assertThat(decode(MAPPED, "default/shop/9", json("{}")).write().id()).isEqualTo("9");
    }

    @Test
    void plainRow_patchAndDelete_bySettingAndHeader() throws Exception {
        CommandProperties.Source patches =
                new CommandProperties.Source("t", "shop", "sku", CommandProperties.Mode.PATCH);
        CatalogCommand patched = decode(patches, null, json("{'sku':'S1','price':null}"));
        assertThat(patched.write().id()).isEqualTo("S1");
        assertThat(patch(patched)).containsEntry("sku", "S1").containsEntry("price", null);
        assertThat(
                        patch(
                                decode(
                                        MAPPED,
                                        "1",
                                        json("{'price':2}"),
                                        header(CommandDecoder.ACTION, "patch"))))
                .isEqualTo(Map.of("price", 2));
        assertDeletes(
                decode(MAPPED, "1", json("{}"), header(CommandDecoder.ACTION, "delete")), "1");
        assertUnusable(
                MAPPED,
                "1",
                json("{}"),
                "upsert, patch or delete",
                header(CommandDecoder.ACTION, "drop"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42                                          | 42",
                "'\"42\"'                                    | 42",
                "'{\"id\":42}'                               | 42",
                "'{\"id\":\"a b\"}'                          | a b",
                "'{\"product\":42}'                          | 42",
                "'{\"schema\":null,\"payload\":{\"id\":42}}' | 42",
                "'{\"schema\":{\"type\":\"int64\"},\"payload\":42}' | 42",
                "'{not json'                                 | '{not json'"
            })
    void tombstone_deletesByKey_inEveryFormOfIt(String key, String id) throws Exception {
        assertDeletes(decode(MAPPED, key, null), id);
    }

    @Test
    void tombstone_keyOfTheRealConverter_isRead() throws Exception {
        byte[] key =
                ForeignRecords.connect(
                        true,
                        Map.of(),
                        ForeignRecords.KEY,
                        new org.apache.kafka.connect.data.Struct(ForeignRecords.KEY).put("id", 5L));
        assertDeletes(decode(MAPPED, new String(key, UTF_8), null), "5");
        assertDeletes(decode(COMMANDS, "default/shop/5", null), "5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "7",
                "\"text\"",
                "null",
                "true",
                "{",
                "",
                "{\"a\":1,\"a\":2}",
                "{} {}"
            })
    void wrongTypes_areUnusable(String value) {
        assertUnusable(MAPPED, "1", value.getBytes(UTF_8), "");
    }

    @Test
    void records_thatNameNoProduct_areUnusableWithWhatIsMissing() {
        assertUnusable(COMMANDS, null, json("{'id':1}"), "no key and no catalogue");
        assertUnusable(COMMANDS, "1", json("{'id':1}"), "not tenant/catalog/id");
        assertUnusable(MAPPED, null, json("{'title':'x'}"), "no product id");
        assertUnusable(MAPPED, null, null, "no product id");
        assertUnusable(MAPPED, "", json("{'id':' '}"), "1 to 256 characters");
        assertUnusable(MAPPED, null, json("{'id':1.5}"), "a text or a whole number");
        assertUnusable(MAPPED, "{\"a\":1,\"b\":2}", json("{}"), "the key has no field 'id'");
        assertUnusable(
                COMMANDS, "default/shop/1", json("{'id':2}"), "names product '1', the value '2'");
        assertUnusable(
                COMMANDS,
                "1",
                json("{}"),
                "no catalogue can be called",
                header(CommandDecoder.CATALOG, "No Good"));
    }

    @Test
    void schemaRegistryFraming_isUnusableAndSaysSo() {
        assertUnusable(MAPPED, "1", new byte[] {0, 0, 0, 0, 7, 2, 4}, "schema-registry framed");
    }

    // ---- CloudEvents ----

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void cloudEvent_ofTheirSerializer_inBothModes(Encoding encoding) throws Exception {
        CloudEventBuilder event =
                CloudEventBuilder.v1()
                        .withId("e1")
                        .withSource(URI.create("/erp"))
                        .withSubject("a/1")
                        .withExtension("catalog", "acme/garden")
                        .withDataContentType("application/json");
        CatalogCommand put =
                decodeEvent(
                        encoding,
                        event.withType(EventHeaders.TYPE_PRODUCT_UPSERT)
                                .withData(json("{'title':'Hose'}"))
                                .build());
        assertThat(put.catalog()).isEqualTo(new CatalogRef("acme", "garden"));
        assertThat(put.write().id()).isEqualTo("a/1");
        assertThat(put(put)).isEqualTo(Map.of("title", "Hose"));
        assertThat(
                        patch(
                                decodeEvent(
                                        encoding,
                                        event.withType(EventHeaders.TYPE_PRODUCT_PATCH)
                                                .withData(json("{'price':3}"))
                                                .build())))
                .isEqualTo(Map.of("price", 3));
        assertDeletes(
                decodeEvent(
                        encoding,
                        event.withType(EventHeaders.TYPE_PRODUCT_DELETE).withoutData().build()),
                "a/1");
        CloudEvent strange = event.withType("com.shop.product.deleted").build();
        assertThatThrownBy(() -> decodeEvent(encoding, strange))
                .isInstanceOf(UnusableRecordException.class)
                .hasMessageContaining("'com.shop.product.deleted' does not say what to do");
    }

    private CatalogCommand decodeEvent(Encoding encoding, CloudEvent event)
            throws UnusableRecordException {
        Headers headers = new RecordHeaders();
        try (CloudEventSerializer serializer = new CloudEventSerializer()) {
            serializer.configure(
                    encoding == Encoding.BINARY
                            ? Map.of(CloudEventSerializer.ENCODING_CONFIG, encoding)
                            : Map.of(
                                    CloudEventSerializer.ENCODING_CONFIG,
                                    encoding,
                                    CloudEventSerializer.EVENT_FORMAT_CONFIG,
                                    new JsonFormat()),
                    false);
            byte[] value = serializer.serialize("t", headers, event);
            return decode(COMMANDS, null, value, headers.toArray());
        }
    }

    @Test
    void structuredEvents_thatAreBroken_areUnusable() {
        Header type = header("content-type", "application/cloudevents+json; charset=UTF-8");
        assertUnusable(COMMANDS, null, json("{'type':'x'}"), "a specversion and a type", type);
        assertUnusable(
                COMMANDS,
                null,
                json("{'specversion':'1.0','type':'x','data_base64':'?'}"),
                "not base64",
                type);
        assertUnusable(
                COMMANDS,
                null,
                json("[]"),
                "a batch of CloudEvents",
                header("content-type", "application/cloudevents-batch+json"));
    }

    // ---- Kafka Connect and Debezium ----

    @Test
    void debezium_withSchema_givesDecimalsByScaleAndDatesAsIso() throws Exception {
        byte[] value =
                ForeignRecords.envelope(
                        true, Map.of(), "c", null, ForeignRecords.row(7, "Lamp", "19.99"), 100);
        // What a decimal is by default, and why its schema is needed.
        assertThat(new String(value, UTF_8)).contains("\"price\":\"B88=\"");
        CatalogCommand command = decode(MAPPED, "{\"id\":7}", value);
        assertThat(command.write().id()).isEqualTo("7");
        assertThat(put(command))
                .isEqualTo(
                        Map.of(
                                "title",
                                "Lamp",
                                "brand",
                                "Acme",
                                "price",
                                new BigDecimal("19.99"),
                                "released",
                                "2024-10-04"));
        assertThat(command.position()).isEqualTo(new SourcePosition(100, 100_000, 3, 77));
    }

    @Test
    void debezium_withoutSchema_numericFormatIsANumber_andBytesStayAsTheyAre() throws Exception {
        byte[] numeric =
                ForeignRecords.envelope(
                        false,
                        Map.of("decimal.format", "NUMERIC"),
                        "u",
                        null,
                        ForeignRecords.row(7, "Lamp", "19.99"),
                        1);
        assertThat(put(decode(MAPPED, null, numeric))).containsEntry("price", 19.99);
        byte[] bytes =
                ForeignRecords.envelope(
                        false, Map.of(), "u", null, ForeignRecords.row(7, "Lamp", "19.99"), 1);
        // The schema of the catalogue refuses it as a number; never a guess here.
        assertThat(put(decode(MAPPED, null, bytes))).containsEntry("price", "B88=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "r", "u"})
    void debezium_rowsOfTheTableAndItsSnapshot_areUpserts(String op) throws Exception {
        byte[] value =
                ForeignRecords.envelope(
                        true, Map.of(), op, null, ForeignRecords.row(7, "Lamp", "5.00"), 1);
        assertThat(put(decode(MAPPED, null, value))).containsEntry("title", "Lamp");
    }

    @Test
    void debezium_unavailableColumn_isLeftAsItWas() throws Exception {
        byte[] value =
                ForeignRecords.envelope(
                        true,
                        Map.of(),
                        "u",
                        null,
                        ForeignRecords.row(7, ForeignRecords.UNAVAILABLE, "5.00"),
                        1);
        assertThat(patch(decode(MAPPED, null, value)))
                .doesNotContainKey("title")
                .containsEntry("brand", "Acme")
                .containsEntry("price", new BigDecimal("5.00"));
        // The forms that it has in arrays, bytes and hstore.
        String after =
                "{'id':1,'title':'x','tags':['__debezium_unavailable_value'],"
                        + "'blob':'X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==',"
                        + "'attrs':{'__debezium_unavailable_value':'__debezium_unavailable_value'}}";
        assertThat(patch(decode(MAPPED, null, json(envelope("u", "null", after)))))
                .isEqualTo(Map.of("title", "x"));
    }

    @Test
    void debezium_deletion_namesItsRowOrItsKey() throws Exception {
        byte[] value =
                ForeignRecords.envelope(
                        true, Map.of(), "d", ForeignRecords.row(7, null, null), null, 1);
        assertDeletes(decode(MAPPED, null, value), "7");
        assertDeletes(decode(MAPPED, "{\"id\":8}", json(envelope("d", "null", "null"))), "8");
    }

    @Test
    void debezium_truncateAndMessage_deleteNothing() {
        assertUnusable(
                MAPPED,
                null,
                json("{'source':{'lsn':1},'op':'t','ts_ms':1,'before':null,'after':null}"),
                "a truncated table deletes nothing");
        assertUnusable(
                MAPPED,
                "{\"id\":1}",
                json("{'source':{'lsn':1},'op':'m','message':{'prefix':'p'}}"),
                "a logical decoding message");
        assertUnusable(MAPPED, "1", json(envelope("u", "null", "null")), "no row in 'after'");
    }

    @Test
    void debezium_inACloudEventOfItsOwnConverter_isReadTheSame() throws Exception {
        CatalogCommand command =
                decode(
                        MAPPED,
                        null,
                        json(envelope("c", "null", "{'id':1,'title':'x'}")),
                        header(EventHeaders.SPEC_VERSION, "1.0"),
                        header(
                                EventHeaders.TYPE,
                                "io.debezium.connector.postgresql.DataChangeEvent"));
        assertThat(put(command)).isEqualTo(Map.of("title", "x"));
    }

    @Test
    void extractedRow_honoursItsDeletion_andItsMetadataAreNoFields() throws Exception {
        CatalogCommand row =
                decode(
                        MAPPED,
                        null,
                        json(
                                "{'id':1,'title':'x','__deleted':'false','__op':'u','__lsn':9,"
                                        + "'__source_ts_ms':5}"));
        assertThat(put(row)).isEqualTo(Map.of("title", "x"));
        assertThat(row.position()).isEqualTo(new SourcePosition(9, 5, 3, 77));
        assertDeletes(decode(MAPPED, null, json("{'id':1,'__deleted':'true'}")), "1");
        assertDeletes(decode(MAPPED, null, json("{'id':1,'__deleted':true}")), "1");
        assertThat(
                        patch(
                                decode(
                                        MAPPED,
                                        null,
                                        json(
                                                "{'id':1,'title':'__debezium_unavailable_value',"
                                                        + "'price':2,'__deleted':'false'}"))))
                .isEqualTo(Map.of("price", 2));
    }

    @Test
    void connectSchema_thatDoesNotFit_isUnusable() {
        assertUnusable(
                MAPPED,
                "1",
                json(
                        "{'schema':{'type':'struct','fields':[{'field':'price','type':'bytes',"
                                + "'name':'org.apache.kafka.connect.data.Decimal','version':1,"
                                + "'parameters':{'scale':'x'}}]},'payload':{'price':'B88='}}"),
                "payload.price is not the org.apache.kafka.connect.data.Decimal");
        assertUnusable(
                MAPPED,
                "1",
                json("{'schema':{'type':'struct','fields':[]},'payload':5}"),
                "not the struct");
    }

    @Test
    void connectValue_ofOtherTypes_isNoProduct() {
        byte[] text = ForeignRecords.connect(true, Map.of(), Schema.STRING_SCHEMA, "hello");
        assertUnusable(MAPPED, "1", text, "a product is one JSON object");
    }

    // ---- age ----

    @Test
    void position_ofAReplayedRecord_isItsFirst() throws Exception {
        ConsumerRecord<String, byte[]> replayed =
                ForeignRecords.record(
                        "1",
                        json("{}"),
                        header("vitrine_origin", "t-2@5"),
                        header("vitrine_time", "1000"));
        assertThat(decoder.decode(replayed, MAPPED).position())
                .isEqualTo(new SourcePosition(SourcePosition.UNKNOWN, 1000, 2, 5));
    }

    @ParameterizedTest
    @CsvSource({
        // version, time, partition, offset; the same of what is known; news?
        "-1, 10, 0, 6, -1, 10, 0, 5, true",
        "-1, 10, 0, 5, -1, 10, 0, 5, false",
        "-1,  9, 0, 4, -1, 10, 0, 5, false",
        // A topic that was made anew.
        "-1, 11, 0, 0, -1, 10, 0, 5, true",
        // More partitions than before.
        "-1, 10, 1, 0, -1, 10, 0, 5, true",
        " 7, 10, 0, 9,  8, 10, 0, 5, false",
        " 9, 10, 0, 9,  8, 10, 0, 5, true",
        " 8, 10, 0, 9,  8, 10, 0, 5, true",
        " 8, 10, 0, 5,  8, 10, 0, 5, false",
        // A database that was restored elsewhere counts its log anew.
        " 1, 20, 0, 9,  8, 10, 0, 5, true",
        // A tombstone after its deletion.
        "-1,  9, 0, 6,  8, 10, 0, 5, true"
    })
    void position_isNews_unlessAllThatItSaysIsOld(
            long version,
            long time,
            int partition,
            long offset,
            long knownVersion,
            long knownTime,
            int knownPartition,
            long knownOffset,
            boolean news) {
        SourcePosition known =
                new SourcePosition(knownVersion, knownTime, knownPartition, knownOffset);
        assertThat(new SourcePosition(version, time, partition, offset).isNewsAfter(known))
                .isEqualTo(news);
    }

    private void assertUnusable(
            CommandProperties.Source source,
            @Nullable String key,
            byte @Nullable [] value,
            String reason,
            Header... headers) {
        assertThatThrownBy(() -> decode(source, key, value, headers))
                .isInstanceOf(UnusableRecordException.class)
                .satisfies(e -> assertThat(requireNonNull(e.getMessage())).contains(reason));
    }

    private static String envelope(String op, String before, String after) {
        return "{'before':"
                + before
                + ",'after':"
                + after
                + ",'source':{'lsn':1,'ts_ms':2},'op':'"
                + op
                + "'}";
    }
}
