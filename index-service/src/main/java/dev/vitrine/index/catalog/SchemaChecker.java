package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.FieldRole;
import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.servicekit.ProblemException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a schema, all of it at once. */
final class SchemaChecker {

    private static final int MAX_NAME = 128;
    private static final int MAX_TEMPLATE = 2_000;
    private static final double MAX_WEIGHT = 100;
    private static final Set<FieldType> SEARCHABLE =
            EnumSet.of(FieldType.TEXT, FieldType.KEYWORD, FieldType.CATEGORY_PATH);
    private static final Set<FieldRole> NUMERIC = EnumSet.of(FieldRole.PRICE, FieldRole.STOCK);

    private final CatalogSchema schema;
    private final List<FieldError> faults = new ArrayList<>();

    private SchemaChecker(CatalogSchema schema) {
        this.schema = schema;
    }

    /**
     * Checks a schema.
     *
     * @throws ProblemException with SCHEMA_INVALID and every fault
     */
    static void check(CatalogSchema schema) {
        SchemaChecker checker = new SchemaChecker(schema);
        checker.fields();
        checker.template();
        if (!checker.faults.isEmpty()) {
            throw new ProblemException(
                            WriterErrors.SCHEMA_INVALID,
                            checker.faults.size() == 1
                                    ? "the schema has a fault"
                                    : "the schema has " + checker.faults.size() + " faults")
                    .withErrors(checker.faults);
        }
    }

    private void fields() {
        if (schema.fields().size() > CatalogSchema.MAX_FIELDS) {
            fault(
                    "/fields",
                    "more than "
                            + CatalogSchema.MAX_FIELDS
                            + " fields; a name that ends in '*' stands for many");
            return;
        }
        Set<String> names = new HashSet<>();
        Map<FieldRole, String> roles = new HashMap<>();
        for (int i = 0; i < schema.fields().size(); i++) {
            FieldDefinition field = schema.fields().get(i);
            String pointer = JsonPointers.element("/fields", i);
            if (isNull(field.name()) || isNull(field.type())) {
                fault(pointer, "name and type must not be null");
                continue;
            }
            name(field, pointer + "/name", names);
            kind(field, pointer);
            role(field, pointer + "/role", roles);
        }
    }

    private void name(FieldDefinition field, String pointer, Set<String> names) {
        String name = field.name();
        if (name.isBlank() || name.length() > MAX_NAME) {
            fault(pointer, "must have 1 to " + MAX_NAME + " characters");
        } else if (name.chars().anyMatch(Character::isISOControl)) {
            fault(pointer, "must not hold control characters");
        } else if (field.prefix().indexOf('*') >= 0) {
            fault(pointer, "may have one '*', at its end");
        } else if (name.equals("id")) {
            fault(pointer, "is taken: every product has an id");
        } else if (!names.add(name)) {
            fault(pointer, "'" + name + "' is there twice");
        }
    }

    private void kind(FieldDefinition field, String pointer) {
        if (!Double.isFinite(field.weight()) || field.weight() < 0 || field.weight() > MAX_WEIGHT) {
            fault(pointer + "/weight", "must be 0 (not searched) to 100");
        } else if (field.searchable() && !SEARCHABLE.contains(field.type())) {
            fault(pointer + "/weight", "only text, keyword and category-path can be searched");
        }
        if (field.type() == FieldType.TEXT
                && (field.filterable() || field.facet() || field.sortable())) {
            fault(
                    pointer + "/type",
                    "text is searched only; filterable, facet and sortable need type keyword");
        }
    }

    private void role(FieldDefinition field, String pointer, Map<FieldRole, String> roles) {
        FieldRole role = field.role();
        if (role == null) {
            return;
        }
        if (NUMERIC.contains(role) && field.type() != FieldType.NUMBER) {
            fault(pointer, "this role needs type number");
        }
        if (role == FieldRole.IDENTIFIER) {
            if (field.type() != FieldType.KEYWORD) {
                fault(pointer, "this role needs type keyword");
            }
            return;
        }
        String other = roles.putIfAbsent(role, field.name());
        if (other != null) {
            fault(pointer, "field '" + other + "' has this role already");
        }
    }

    private void template() {
        String text = schema.semanticText();
        if (text == null) {
            return;
        }
        if (text.length() > MAX_TEMPLATE) {
            fault("/semanticText", "longer than " + MAX_TEMPLATE + " characters");
            return;
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c))) {
            fault("/semanticText", "must not hold control characters other than white space");
            return;
        }
        Optional<SemanticTemplate> template = SemanticTemplate.parse(text);
        if (template.isEmpty()) {
            fault("/semanticText", "its braces do not match; write {field}");
            return;
        }
        for (String field : template.get().fields()) {
            if (schema.resolve(field).isEmpty()) {
                fault("/semanticText", "the schema has no field '" + field + "'");
            }
        }
    }

    /** JSON can hold what the record's type excludes. */
    private static boolean isNull(@Nullable Object value) {
        return value == null;
    }

    private void fault(String pointer, String message) {
        faults.add(new FieldError(pointer, message));
    }
}
