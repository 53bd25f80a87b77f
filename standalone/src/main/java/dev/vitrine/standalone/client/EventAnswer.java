package dev.vitrine.standalone.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What became of the events of one call.
 *
 * @param accepted events that the log has
 * @param refusals those that it has not
 */
record EventAnswer(int accepted, List<Refusal> refusals) {

    private static final Pattern POINTER = Pattern.compile("/events/(\\d+)(.*)");
    private static final String UNKNOWN_CATALOG = "CATALOG_NOT_FOUND";

    /**
     * One event that cannot be used.
     *
     * @param index its place in the call, from 0
     * @param reason for people, beginning with the code
     */
    record Refusal(int index, String reason) {}

    /** A report, or the problem that stands for a call without a good event. */
    static EventAnswer of(JsonNode body) {
        List<Refusal> refusals = new ArrayList<>();
        for (JsonNode error : body.path("errors")) {
            Matcher pointer = POINTER.matcher(error.path("pointer").asString(""));
            if (pointer.matches()) {
                String code = error.path("code").asString("");
                refusals.add(
                        new Refusal(
                                Integer.parseInt(pointer.group(1)),
                                (code.isEmpty() ? "" : code + ": ")
                                        + error.path("message").asString("")
                                        + (pointer.group(2).isEmpty()
                                                ? ""
                                                : " (" + pointer.group(2) + ")")));
            }
        }
        return new EventAnswer(body.path("accepted").asInt(0), refusals);
    }

    static EventAnswer refused(String reason) {
        return new EventAnswer(0, List.of(new Refusal(0, reason)));
    }

    /** Whether all was refused because the gateway has not heard of the catalogue. */
    boolean catalogIsNew() {
        return accepted == 0
                && !refusals.isEmpty()
                && refusals.stream()
                        .allMatch(refusal -> refusal.reason().startsWith(UNKNOWN_CATALOG));
    }
}
