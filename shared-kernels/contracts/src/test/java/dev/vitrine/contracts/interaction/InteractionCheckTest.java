package dev.vitrine.contracts.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the event log takes, and how it says no. */
final class InteractionCheckTest {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private final InteractionCheck check = new InteractionCheck(InteractionLimits.DEFAULTS);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    [1]                                   | EVENT_MALFORMED: expected an object
                    'x'                                   | EVENT_MALFORMED: expected an object
                    null                                  | EVENT_MALFORMED: expected an object
                    {}                                    | EVENT_FIELD_MISSING /catalog: required
                    {'catalog':7}                         | EVENT_FIELD_INVALID /catalog: expected a text
                    {'catalog':'No/Name'}                 | EVENT_FIELD_INVALID /catalog: not a catalogue name
                    {'catalog':'c'}                       | EVENT_FIELD_MISSING /type: required
                    {'catalog':'c','type':'VIEW'}         | EVENT_TYPE_UNKNOWN /type: unknown type; known are search, impression, click, view, cart-add, cart-remove, purchase
                    {'catalog':'c','type':'view'}         | EVENT_FIELD_MISSING /visitorId: required
                    {'catalog':'c','type':'view','visitorId':' '} | EVENT_FIELD_MISSING /visitorId: required
                    {'catalog':'c','type':'view','visitorId':'a\\u0000b'} | EVENT_FIELD_INVALID /visitorId: holds a control character or half a character
                    {'catalog':'c','type':'view','visitorId':'\\ud800'} | EVENT_FIELD_INVALID /visitorId: holds a control character or half a character
                    {'catalog':'c','type':'view','visitorId':'v'} | EVENT_FIELD_MISSING /items: required for view
                    {'catalog':'c','type':'cart-add','visitorId':'v','items':[]} | EVENT_FIELD_MISSING /items: required for cart-add
                    {'catalog':'c','type':'view','visitorId':'v','items':{}} | EVENT_FIELD_INVALID /items: expected a list
                    {'catalog':'c','type':'view','visitorId':'v','items':['1']} | EVENT_FIELD_INVALID /items/0: expected an object with an id
                    {'catalog':'c','type':'view','visitorId':'v','items':[{'id':'1'},{}]} | EVENT_FIELD_MISSING /items/1/id: required
                    {'catalog':'c','type':'view','visitorId':'v','items':[{'id':1}]} | EVENT_FIELD_INVALID /items/0/id: expected a text
                    {'catalog':'c','type':'click','visitorId':'v','items':[{'id':'1','position':0}]} | EVENT_FIELD_INVALID /items/0/position: expected a whole number from 1
                    {'catalog':'c','type':'click','visitorId':'v','items':[{'id':'1','position':1.5}]} | EVENT_FIELD_INVALID /items/0/position: expected a whole number from 1
                    {'catalog':'c','type':'click','visitorId':'v','items':[{'id':'1','position':99999999999}]} | EVENT_FIELD_INVALID /items/0/position: expected a whole number from 1
                    {'catalog':'c','type':'purchase','visitorId':'v','items':[{'id':'1','price':-0.01}]} | EVENT_FIELD_INVALID /items/0/price: expected a number from 0
                    {'catalog':'c','type':'purchase','visitorId':'v','items':[{'id':'1','price':NaN}]} | EVENT_FIELD_INVALID /items/0/price: expected a number from 0
                    {'catalog':'c','type':'purchase','visitorId':'v','items':[{'id':'1','price':1e999}]} | EVENT_FIELD_INVALID /items/0/price: expected a number from 0
                    {'catalog':'c','type':'purchase','visitorId':'v','items':[{'id':'1','price':'9'}]} | EVENT_FIELD_INVALID /items/0/price: expected a number from 0
                    {'catalog':'c','type':'purchase','visitorId':'v','items':[{'id':'1','quantity':-1}]} | EVENT_FIELD_INVALID /items/0/quantity: expected a number over 0
                    {'catalog':'c','type':'purchase','visitorId':'v','items':[{'id':'1','quantity':0}]} | EVENT_FIELD_INVALID /items/0/quantity: expected a number over 0
                    {'catalog':'c','type':'search','visitorId':'v','eventTime':'2027-11-21T08:00:00Z'} | EVENT_TIME_AHEAD /eventTime: more than an hour in the future
                    {'catalog':'c','type':'search','visitorId':'v','eventTime':'2026-11-21T09:00:01Z'} | EVENT_TIME_AHEAD /eventTime: more than an hour in the future
                    {'catalog':'c','type':'search','visitorId':'v','eventTime':'2025-11-21T08:00:00Z'} | EVENT_TIME_EXPIRED /eventTime: more than 90 days ago
                    {'catalog':'c','type':'search','visitorId':'v','eventTime':1795248000} | EVENT_TIME_EXPIRED /eventTime: more than 90 days ago
                    {'catalog':'c','type':'search','visitorId':'v','eventTime':'yesterday'} | EVENT_FIELD_INVALID /eventTime: expected ISO 8601 with a zone, such as 2026-01-31T12:00:00Z, or milliseconds since 1970
                    {'catalog':'c','type':'search','visitorId':'v','eventTime':'2026-11-21T08:00:00'} | EVENT_FIELD_INVALID /eventTime: expected ISO 8601 with a zone, such as 2026-01-31T12:00:00Z, or milliseconds since 1970
                    {'catalog':'c','type':'search','visitorId':'v','eventTime':1e30} | EVENT_FIELD_INVALID /eventTime: expected ISO 8601 with a zone, such as 2026-01-31T12:00:00Z, or milliseconds since 1970
                    {'catalog':'c','type':'search','visitorId':'v','consent':'yes'} | EVENT_FIELD_INVALID /consent: expected true or false
                    {'catalog':'c','type':'search','visitorId':'v','eventId':7} | EVENT_FIELD_INVALID /eventId: expected a text
                    """)
    void event_thatCannotBeUsed_isToldWhy(String event, String reason) {
        assertThat(faultOf(event)).isEqualTo(reason);
    }

    @Test
    void event_tooLargeInOneRespect_isToldWhich() {
        String items =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> "{'id':'" + i + "'}")
                        .collect(Collectors.joining(","));
        assertThat(faultOf(view("'items':[" + items + "]")))
                .isEqualTo("EVENT_TOO_LARGE /items: 10000 items; an event has at most 2000");
        assertThat(faultOf(view("'userId':'" + "x".repeat(257) + "','items':[{'id':'1'}]")))
                .isEqualTo("EVENT_TOO_LARGE /userId: longer than 256 characters");
        assertThat(faultOf(view("'query':'" + "x".repeat(1_025) + "','items':[{'id':'1'}]")))
                .isEqualTo("EVENT_TOO_LARGE /query: longer than 1024 characters");
        assertThat(
                        faultOf(
                                view(
                                        "'items':[{'id':'1'}],'more':"
                                                + "[".repeat(400)
                                                + "]".repeat(400))))
                .isEqualTo("EVENT_MALFORMED: nested more than 16 levels deep");
    }

    /** JSON allows whole numbers that no double holds; reading one as such throws. */
    @Test
    void wholeNumber_beyondEveryDouble_isToldLikeAnyOther() {
        String huge = "9".repeat(400);
        assertThat(faultOf(view("'items':[{'id':'1','price':" + huge + "}]")))
                .isEqualTo("EVENT_FIELD_INVALID /items/0/price: expected a number from 0");
        assertThat(faultOf(view("'items':[{'id':'1','quantity':" + huge + "}]")))
                .isEqualTo("EVENT_FIELD_INVALID /items/0/quantity: expected a number over 0");
        assertThat(faultOf(view("'items':[{'id':'1','position':" + huge + "}]")))
                .isEqualTo("EVENT_FIELD_INVALID /items/0/position: expected a whole number from 1");
        assertThat(faultOf(view("'eventTime':" + huge + ",'items':[{'id':'1'}]")))
                .startsWith("EVENT_FIELD_INVALID /eventTime: ");
    }

    @Test
    void event_withTheLeast_isFilledIn() {
        Interaction event =
                usable("{'catalog':'c','type':'search','visitorId':'v','invented':[1]}");
        assertThat(event.eventTime()).isEqualTo(NOW);
        assertThat(event.eventId()).isEqualTo("fallback");
        assertThat(event.items()).isEmpty();
        assertThat(event.key()).isEqualTo("t/v");
    }

    @Test
    void tenantWithinTheEvent_isNotLookedAt() {
        assertThat(
                        usable("{'tenant':'other','catalog':'c','type':'search','visitorId':'v'}")
                                .tenant())
                .isEqualTo("t");
    }

    /** What is said twice counts once; what differs in anything counts twice. */
    @Test
    void eventId_withoutOne_isDerivedFromTheContent() {
        String event = view("'eventTime':'2026-11-21T07:00:00Z','items':[{'id':'1','position':2}]");
        String id = usable(event).eventId();
        assertThat(id).matches("[0-9a-f]{32}").isEqualTo(usable(event).eventId());
        assertThat(usable(event.replace("07:00:00Z", "08:00:00+01:00")).eventId())
                .as("the same moment in another notation")
                .isEqualTo(id);
        for (String change : new String[] {"07:00:01Z", "08:00:00Z"}) {
            assertThat(usable(event.replace("07:00:00Z", change)).eventId()).isNotEqualTo(id);
        }
        assertThat(usable(event.replace("'position':2", "'position':3")).eventId())
                .isNotEqualTo(id);
        assertThat(usable(event.replace("'visitorId':'v'", "'visitorId':'w'")).eventId())
                .isNotEqualTo(id);
    }

    @Test
    void eventTime_inMillisecondsOrWithAnOffset_isRead() {
        for (String time : new String[] {"1795248000000", "'2026-11-21T10:00:00+02:00'"}) {
            assertThat(usable(view("'eventTime':" + time + ",'items':[{'id':'1'}]")).eventTime())
                    .isEqualTo(NOW);
        }
    }

    private static String view(String rest) {
        return "{'catalog':'c','type':'view','visitorId':'v'," + rest + "}";
    }

    private String faultOf(String event) {
        return ((CheckedInteraction.Unusable) checked(event)).fault().reason();
    }

    private Interaction usable(String event) {
        return ((CheckedInteraction.Usable) checked(event)).interaction();
    }

    private CheckedInteraction checked(String event) {
        return check.check(JSON.readTree(event.replace('\'', '"')), "t", NOW, "fallback");
    }
}
