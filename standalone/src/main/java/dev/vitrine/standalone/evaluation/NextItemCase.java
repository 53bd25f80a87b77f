package dev.vitrine.standalone.evaluation;

import java.util.List;

/**
 * A question with its answer.
 *
 * @param context what is given, in order
 * @param target the item that was hidden
 */
public record NextItemCase(List<String> context, String target) {
    public NextItemCase {
        context = List.copyOf(context);
    }
}
