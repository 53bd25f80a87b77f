package dev.vitrine.standalone.inference;

import dev.vitrine.contracts.catalog.FieldRole;
import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.standalone.source.NumberStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at products and proposes their schema. Not for several threads.
 *
 * <p>Types are taken from all values seen: one value that is no number makes the field a string,
 * since the writer would refuse that product later. Roles come from names and are checked against
 * the type.
 */
public final class SchemaInference {
    /** Over this many fields, those with a common prefix and type become one pattern. */
    static final int FIELDS_BEFORE_FOLDING = 100;

    private static final int FIELDS_REMEMBERED = 20_000;
    private static final int DOCUMENTS_FOR_TEMPLATE = 2_000;

    /** A facet with more values than this helps nobody, unless it is the brand or the category. */
    private static final int FACET_VALUES = 400;

    private static final double FACET_COVERAGE = 0.1;

    private final Map<String, FieldProfile> profiles = new LinkedHashMap<>();
    private final List<ObjectNode> head = new ArrayList<>();
    private int documents;

    /** Takes in one product. */
    public void add(ObjectNode document) {
        documents++;
        if (head.size() < DOCUMENTS_FOR_TEMPLATE) {
            head.add(document);
        }
        for (Map.Entry<String, JsonNode> property : document.properties()) {
            FieldProfile profile = profiles.get(property.getKey());
            if (profile == null && profiles.size() < FIELDS_REMEMBERED) {
                profile = new FieldProfile(property.getKey());
                profiles.put(property.getKey(), profile);
            }
            if (profile != null) {
                profile.add(property.getValue());
            }
        }
    }

    public int documents() {
        return documents;
    }

    /** Proposes the schema of everything taken in so far. */
    public InferredSchema propose() {
        return propose(identity());
    }

    /**
     * The same with a field that is known to identify a product. Products without a value in it are
     * no concern here: the writer refuses them, each for itself.
     *
     * @return empty when there is no such field, or it holds lists or objects
     */
    public Optional<InferredSchema> propose(String idField) {
        return Optional.ofNullable(profiles.get(idField))
                .filter(SchemaInference::holdsOne)
                .map(profile -> propose(Optional.of(profile)));
    }

    private InferredSchema propose(Optional<FieldProfile> id) {
        List<FieldProfile> described =
                profiles.values().stream()
                        .filter(profile -> profile.documents() > 0 && !profile.holdsObjects())
                        .filter(profile -> !profile.name().equals("id"))
                        .toList();
        Map<String, FieldType> types = new HashMap<>();
        described.forEach(profile -> types.put(profile.name(), typeOf(profile)));
        Map<String, FieldRole> roles = roles(described, types);
        List<InferredField> fields = new ArrayList<>();
        for (FieldProfile profile : described) {
            FieldRole role = roles.get(profile.name());
            fields.add(describe(profile, typed(profile, types, role), role));
        }
        if (fields.size() > FIELDS_BEFORE_FOLDING) {
            fields = new PatternFolding(this::textual).fold(fields);
        }
        Map<String, String> separators = new HashMap<>();
        Map<String, NumberStyle> styles = new HashMap<>();
        for (FieldProfile profile : described) {
            FieldType type = governingType(fields, profile.name());
            if (type == FieldType.NUMBER && profile.needsNumberStyle()) {
                styles.put(profile.name(), profile.numberStyle());
            }
            String separator = profile.pathSeparator();
            if (type == FieldType.CATEGORY_PATH
                    && !separator.isEmpty()
                    && !separator.equals(" > ")) {
                separators.put(profile.name(), separator);
            }
        }
        return new InferredSchema(
                fields,
                semanticText(fields),
                id.map(FieldProfile::name),
                id.map(FieldProfile::onlyJsonNumbers).orElse(false),
                separators,
                styles);
    }

    /** The type under which the schema has a field: its own entry's, else that of its pattern. */
    private static @Nullable FieldType governingType(List<InferredField> fields, String name) {
        FieldType ofPattern = null;
        int longest = -1;
        for (InferredField field : fields) {
            if (field.name().equals(name)) {
                return field.type();
            }
            int prefix = field.name().length() - 1;
            if (field.name().endsWith("*")
                    && prefix > longest
                    && name.startsWith(field.name().substring(0, prefix))) {
                ofPattern = field.type();
                longest = prefix;
            }
        }
        return ofPattern;
    }

    private boolean textual(String field) {
        FieldProfile profile = profiles.get(field);
        return profile != null && profile.textual();
    }

    /** {@code id} if there is one; else the first identifier that every product has to itself. */
    private Optional<FieldProfile> identity() {
        FieldProfile named = profiles.get("id");
        if (named != null && named.documents() > 0) {
            return Optional.of(named);
        }
        List<FieldProfile> unique =
                profiles.values().stream()
                        .filter(SchemaInference::holdsOne)
                        .filter(profile -> profile.documents() == documents)
                        .filter(profile -> profile.variety() == 1)
                        .toList();
        // A small file may have one product of each category_id, but a sku is a product's own.
        return unique.stream()
                .filter(profile -> RoleNames.fit(FieldRole.IDENTIFIER, profile.name()))
                .findFirst()
                .or(() ->
                        unique.stream()
                                .filter(profile ->
                                        profile.name()
                                                .matches(
                                                        "_?[iI][dD]|.*[^a-zA-Z][iI][dD]|.*[a-z]I[dD]"))
                                .findFirst());
    }

    private static boolean holdsOne(FieldProfile profile) {
        return profile.documents() > 0 && !profile.listed() && !profile.holdsObjects();
    }

    private FieldType typeOf(FieldProfile profile) {
        if (profile.onlyTruths()) {
            return FieldType.BOOLEAN;
        }
        if (profile.numeric() && !RoleNames.fit(FieldRole.IDENTIFIER, profile.name())) {
            return FieldType.NUMBER;
        }
        if (profile.onlyDates()) {
            return FieldType.DATE;
        }
        if (profile.mostlyAddresses()) {
            return profile.mostlyImages() || RoleNames.fit(FieldRole.IMAGE, profile.name())
                    ? FieldType.IMAGE
                    : FieldType.KEYWORD;
        }
        if (RoleNames.fit(FieldRole.CATEGORY, profile.name()) && profile.meanLength() <= 200) {
            return FieldType.CATEGORY_PATH;
        }
        if (RoleNames.fit(FieldRole.TITLE, profile.name())
                || RoleNames.fit(FieldRole.DESCRIPTION, profile.name())) {
            return FieldType.TEXT;
        }
        if (RoleNames.fit(FieldRole.BRAND, profile.name())
                || RoleNames.fit(FieldRole.IDENTIFIER, profile.name())) {
            return FieldType.KEYWORD;
        }
        boolean few = profile.meanLength() <= 40 && profile.meanWords() <= 4;
        boolean repeated = profile.variety() <= 0.2 || profile.distinct() <= 50;
        boolean codes = profile.spacedShare() < 0.1 && profile.meanLength() <= 40;
        return (few && repeated) || codes ? FieldType.KEYWORD : FieldType.TEXT;
    }

    private Map<String, FieldRole> roles(
            List<FieldProfile> described, Map<String, FieldType> types) {
        Map<String, FieldRole> roles = new HashMap<>();
        Map<FieldRole, FieldProfile> holders = new EnumMap<>(FieldRole.class);
        for (FieldRole role : FieldRole.values()) {
            Comparator<FieldProfile> better =
                    Comparator.<FieldProfile, Boolean>comparing(
                                    profile -> profile.documents() < 0.5 * documents)
                            .thenComparingInt(profile -> RoleNames.rank(profile.name()));
            if (role == FieldRole.TITLE) {
                // "name" may hold a model number beside a "title"; the one with more words is read.
                better = Comparator.comparingDouble(profile -> -profile.meanWords());
            }
            if (role == FieldRole.STOCK) {
                // How many there are says more than whether there are any.
                better =
                        Comparator.<FieldProfile, Boolean>comparing(
                                        profile -> types.get(profile.name()) != FieldType.NUMBER)
                                .thenComparing(better);
            }
            List<FieldProfile> fitting =
                    described.stream()
                            .filter(profile -> RoleNames.fit(role, profile.name()))
                            .filter(profile -> suits(role, types.get(profile.name()), profile))
                            .filter(profile -> !roles.containsKey(profile.name()))
                            .sorted(better)
                            .toList();
            if (role == FieldRole.IDENTIFIER) {
                fitting.forEach(profile -> roles.put(profile.name(), role));
            } else if (!fitting.isEmpty()) {
                roles.put(fitting.getFirst().name(), role);
                holders.put(role, fitting.getFirst());
            }
        }
        FieldProfile title = holders.get(FieldRole.TITLE);
        FieldProfile loser = profiles.get("name");
        if (title != null
                && loser != null
                && !title.name().equals("name")
                && loser.spacedShare() < 0.5
                && loser.variety() > 0.8) {
            roles.put("name", FieldRole.IDENTIFIER);
        }
        return roles;
    }

    private static boolean suits(FieldRole role, @Nullable FieldType type, FieldProfile profile) {
        return switch (role) {
            case TITLE, DESCRIPTION -> type == FieldType.TEXT;
            case BRAND -> type == FieldType.KEYWORD;
            case CATEGORY -> type == FieldType.CATEGORY_PATH;
            case PRICE -> type == FieldType.NUMBER;
            case STOCK -> type == FieldType.NUMBER || type == FieldType.BOOLEAN;
            case IMAGE -> type == FieldType.IMAGE;
            case URL -> type == FieldType.KEYWORD && profile.mostlyAddresses();
            case IDENTIFIER -> type == FieldType.KEYWORD;
        };
    }

    private static FieldType typed(
            FieldProfile profile, Map<String, FieldType> types, @Nullable FieldRole role) {
        return role == FieldRole.IDENTIFIER
                ? FieldType.KEYWORD
                : types.getOrDefault(profile.name(), FieldType.TEXT);
    }

    private InferredField describe(FieldProfile profile, FieldType type, @Nullable FieldRole role) {
        boolean covered = profile.documents() >= FACET_COVERAGE * documents;
        boolean varied = profile.distinct() >= 2;
        boolean facet =
                switch (type) {
                    case NUMBER -> role != FieldRole.STOCK && covered && varied;
                    case BOOLEAN -> covered && varied;
                    case CATEGORY_PATH -> covered;
                    case KEYWORD ->
                            role == FieldRole.BRAND
                                    ? covered
                                    : role == null
                                            && covered
                                            && varied
                                            && profile.distinct() <= FACET_VALUES
                                            && !profile.mostlyAddresses();
                    case TEXT, DATE, IMAGE -> false;
                };
        boolean filterable =
                switch (type) {
                    case NUMBER, BOOLEAN, DATE, CATEGORY_PATH -> true;
                    case KEYWORD -> !profile.mostlyAddresses();
                    case TEXT, IMAGE -> false;
                };
        boolean sortable =
                !profile.listed()
                        && (type == FieldType.NUMBER
                                || type == FieldType.DATE
                                || role == FieldRole.BRAND);
        return new InferredField(
                profile.name(),
                type,
                weight(type, role, profile),
                filterable,
                facet,
                sortable,
                role == null ? null : role.wireName());
    }

    /** As cross-validated on the demo catalogue; see RATIONALE.md of index-service. */
    private static double weight(FieldType type, @Nullable FieldRole role, FieldProfile profile) {
        if (profile.mostlyAddresses()) {
            return 0;
        }
        if (role != null) {
            return switch (role) {
                case TITLE -> 2;
                case BRAND, DESCRIPTION -> 1;
                case IDENTIFIER -> 0.5;
                case CATEGORY, PRICE, STOCK, IMAGE, URL -> 0;
            };
        }
        if (RoleNames.fit(FieldRole.TITLE, profile.name())) {
            // A name beside the title is often the maker's own.
            return 2;
        }
        return switch (type) {
            case TEXT, KEYWORD, CATEGORY_PATH -> 1;
            case NUMBER, BOOLEAN, DATE, IMAGE -> 0;
        };
    }

    /** The title, led by the brand when titles do not name it anyway. */
    private String semanticText(List<InferredField> fields) {
        Optional<String> title = withRole(fields, FieldRole.TITLE);
        if (title.isEmpty()) {
            return withRole(fields, FieldRole.DESCRIPTION)
                    .or(() ->
                            fields.stream()
                                    .filter(field -> field.type() == FieldType.TEXT)
                                    .filter(field -> !field.name().endsWith("*"))
                                    .map(InferredField::name)
                                    .findFirst())
                    .map(SchemaInference::placeholder)
                    .orElse("");
        }
        String text = placeholder(title.get());
        Optional<String> brand = withRole(fields, FieldRole.BRAND);
        return brand.isPresent() && namedIn(title.get(), brand.get()) < 0.5
                ? placeholder(brand.get()) + " " + text
                : text;
    }

    private static String placeholder(String field) {
        return "{" + field + "}";
    }

    private static Optional<String> withRole(List<InferredField> fields, FieldRole role) {
        return fields.stream()
                .filter(field -> role.wireName().equals(field.role()))
                .map(InferredField::name)
                .findFirst();
    }

    /** Share of the documents with both fields whose title holds the other value. */
    private double namedIn(String title, String field) {
        int both = 0;
        int named = 0;
        for (ObjectNode document : head) {
            String text = document.path(title).asString("").toLowerCase(Locale.ROOT);
            String value = document.path(field).asString("").toLowerCase(Locale.ROOT);
            if (!text.isBlank() && !value.isBlank()) {
                both++;
                named += text.contains(value) ? 1 : 0;
            }
        }
        return both == 0 ? 1 : named / (double) both;
    }
}
