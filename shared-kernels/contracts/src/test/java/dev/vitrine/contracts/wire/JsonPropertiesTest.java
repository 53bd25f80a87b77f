package dev.vitrine.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonPropertiesTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "plain",
                    "a \"quote\"",
                    "back\\slash",
                    "{[,:]}",
                    "ünï 日本 😀",
                    "\\\"",
                    "\n",
                    "exactly8",
                    "eighth \"",
                    "more than eight bytes, then a \\ and a \"quote\" far behind it");

    @Test
    void findsEveryPropertyWithItsValue() {
        byte[] json = bytes("{\"a\":1,\"b\":{\"c\":[1,{\"a\":2}],\"d\":\"}\"},\"e\" : null }");

        JsonProperties properties = JsonProperties.of(json);

        assertThat(slices(json, properties))
                .containsExactly(
                        "\"a\":1", "\"b\":{\"c\":[1,{\"a\":2}],\"d\":\"}\"}", "\"e\" : null ");
        assertThat(properties.find("b")).isEqualTo(1);
        assertThat(properties.find("c")).isEqualTo(-1);
        assertThat(properties.nameStartsWith(0, bytes("a"))).isTrue();
        assertThat(properties.nameStartsWith(0, bytes("ab"))).isFalse();
    }

    @Test
    void agreesWithAParserOnWhateverItWrites() {
        Random random = new Random(42);
        for (int round = 0; round < 2_000; round++) {
            Map<String, Object> object = object(random, 3);
            byte[] json = MAPPER.writeValueAsBytes(object);

            JsonProperties properties = JsonProperties.of(json);

            assertThat(properties.size()).isEqualTo(object.size());
            String again = "{" + String.join(",", slices(json, properties)) + "}";
            assertThat(bytes(again)).isEqualTo(json);
            if (!properties.hasEscapedName()) {
                object.keySet().forEach(name -> assertThat(properties.find(name)).isNotNegative());
            }
        }
    }

    @Test
    void findsTheObjectsOfAList() {
        byte[] json =
                bytes(
                        "{\"a\" : [ {\"b\":\"]\",\"c\":[{}]} , {} ,{\"b\": 2 }],\"d\":[],\"e\":{},\"f\":[1]}");
        JsonProperties properties = JsonProperties.of(json);

        assertThat(properties.objects(0))
                .extracting(object -> slices(json, object))
                .containsExactly(
                        List.of("\"b\":\"]\"", "\"c\":[{}]"), List.of(), List.of("\"b\": 2 "));
        assertThat(properties.objects(1)).isEmpty();
        assertThat(properties.objects(0).getFirst().value(1)).isEqualTo(bytes("[{}]"));
        assertThat(properties.objects(0).getLast().value(0)).isEqualTo(bytes("2 "));
        assertThatThrownBy(() -> properties.objects(2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> properties.objects(3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsEscapedNames() {
        assertThat(JsonProperties.of(bytes("{\"a\\\"b\":1}")).hasEscapedName()).isTrue();
        assertThat(JsonProperties.of(bytes("{\"a\":\"\\\"\"}")).hasEscapedName()).isFalse();
    }

    @Test
    void refusesWhatIsNoObject() {
        for (String text :
                List.of("", "[1]", "1", "{", "{\"a\"", "{\"a\":1", "{\"a\":\"", "{a:1}")) {
            assertThatThrownBy(() -> JsonProperties.of(bytes(text)))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.put(i + text(random), value(random, depth - 1));
        }
        return object;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 5 : 3)) {
            case 0 -> text(random);
            case 1 -> random.nextDouble() * 1e6;
            case 2 -> random.nextBoolean();
            case 3 -> object(random, depth);
            default -> List.of(value(random, depth - 1), value(random, depth - 1));
        };
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static List<String> slices(byte[] json, JsonProperties properties) {
        List<String> slices = new ArrayList<>();
        for (int p = 0; p < properties.size(); p++) {
            slices.add(
                    new String(
                            json,
                            properties.start(p),
                            properties.end(p) - properties.start(p),
                            StandardCharsets.UTF_8));
        }
        return slices;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
