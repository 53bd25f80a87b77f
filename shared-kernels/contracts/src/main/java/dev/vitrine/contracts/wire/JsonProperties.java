package dev.vitrine.contracts.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the properties of a JSON object stand in its bytes, so that they can be passed on without
 * being read: a parser makes objects of what nobody looks at, and a generator makes them bytes
 * again. Only for JSON that this system wrote itself; what is inside the values is not checked.
 * Unchanging and thread-safe as long as nobody writes to the bytes.
 */
public final class JsonProperties {

    private final byte[] json;

    /** Start of the name's quote, end of the name, end of the value; three for each property. */
    private final int[] bounds;

    private JsonProperties(byte[] json, int[] bounds) {
        this.json = json;
        this.bounds = bounds;
    }

    /**
     * Finds the properties.
     *
     * @param json an object in UTF-8; kept, not copied
     * @throws IllegalArgumentException when the bytes are no object
     */
    public static JsonProperties of(byte[] json) {
        return new JsonProperties(json, new Scanner(json, 0).bounds());
    }

    /** Number of properties. */
    public int size() {
        return bounds.length / 3;
    }

    /** Whether a name is written with escapes, so that {@link #isNamed} does not know it. */
    public boolean hasEscapedName() {
        for (int p = 0; p < size(); p++) {
            for (int i = bounds[3 * p]; i < bounds[3 * p + 1]; i++) {
                if (json[i] == '\\') {
                    return true;
                }
            }
        }
        return false;
    }

    /** Length of the property's name in bytes. */
    public int nameLength(int property) {
        return bounds[3 * property + 1] - bounds[3 * property] - 2;
    }

    /** Whether the property has this name (UTF-8). */
    public boolean isNamed(int property, byte[] name) {
        return Arrays.equals(
                json, bounds[3 * property] + 1, bounds[3 * property + 1] - 1, name, 0, name.length);
    }

    /** Whether the name of the property starts so (UTF-8). */
    public boolean nameStartsWith(int property, byte[] prefix) {
        int from = bounds[3 * property] + 1;
        return nameLength(property) >= prefix.length
                && Arrays.equals(json, from, from + prefix.length, prefix, 0, prefix.length);
    }

    /** Number of the property with a name; -1 when there is none. */
    public int find(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        for (int p = 0; p < size(); p++) {
            if (isNamed(p, wanted)) {
                return p;
            }
        }
        return -1;
    }

    /**
     * The objects in the list that the property holds.
     *
     * @throws IllegalArgumentException when its value is something else
     */
    public List<JsonProperties> objects(int property) {
        Scanner scanner = new Scanner(json, bounds[3 * property + 1]);
        scanner.expect(':');
        return scanner.objects().stream().map(found -> new JsonProperties(json, found)).toList();
    }

    /** A copy of the property's value. */
    public byte[] value(int property) {
        Scanner scanner = new Scanner(json, bounds[3 * property + 1]);
        scanner.expect(':');
        scanner.skipBlanks();
        return Arrays.copyOfRange(json, scanner.at, end(property));
    }

    /** Where name and value begin in the bytes. */
    public int start(int property) {
        return bounds[3 * property];
    }

    /** Where the value ends in the bytes. */
    public int end(int property) {
        return bounds[3 * property + 2];
    }

    /** Goes over the bytes once. */
    private static final class Scanner {

        private static final VarHandle EIGHT_BYTES =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
        private static final long ONES = 0x0101_0101_0101_0101L;
        private static final long HIGHEST_BITS = ONES << 7;
        private static final long QUOTES = ONES * '"';
        private static final long ESCAPES = ONES * '\\';

        private final byte[] json;
        private int[] found = new int[48];
        private int count;
        private int at;

        Scanner(byte[] json, int from) {
            this.json = json;
            this.at = from;
        }

        List<int[]> objects() {
            List<int[]> objects = new ArrayList<>();
            try {
                expect('[');
                for (skipBlanks(); json[at] != ']'; skipBlanks()) {
                    if (!objects.isEmpty()) {
                        expect(',');
                    }
                    objects.add(bounds());
                    at++;
                }
            } catch (ArrayIndexOutOfBoundsException e) {
                throw new IllegalArgumentException("the JSON list does not end", e);
            }
            return objects;
        }

        int[] bounds() {
            count = 0;
            try {
                expect('{');
                for (skipBlanks(); json[at] != '}'; skipBlanks()) {
                    if (count > 0) {
                        expect(',');
                        skipBlanks();
                    }
                    int start = at;
                    skipString();
                    int nameEnd = at;
                    expect(':');
                    skipBlanks();
                    skipValue();
                    add(start, nameEnd, at);
                }
            } catch (ArrayIndexOutOfBoundsException e) {
                throw new IllegalArgumentException("the JSON object does not end", e);
            }
            return Arrays.copyOf(found, count);
        }

        private void add(int start, int nameEnd, int end) {
            if (count + 3 > found.length) {
                found = Arrays.copyOf(found, 2 * found.length);
            }
            found[count++] = start;
            found[count++] = nameEnd;
            found[count++] = end;
        }

        private void expect(char wanted) {
            skipBlanks();
            if (json[at] != wanted) {
                throw new IllegalArgumentException("no JSON object: expected " + wanted);
            }
            at++;
        }

        private void skipBlanks() {
            while (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t') {
                at++;
            }
        }

        /** From its first quote to behind its last. */
        private void skipString() {
            if (json[at] != '"') {
                throw new IllegalArgumentException("no JSON object: a name has no quotes");
            }
            at++;
            for (toQuoteOrEscape(); json[at] != '"'; toQuoteOrEscape()) {
                at += 2;
            }
            at++;
        }

        /** Eight bytes at a time: most of an answer is inside strings. */
        private void toQuoteOrEscape() {
            while (at <= json.length - Long.BYTES) {
                long eight = (long) EIGHT_BYTES.get(json, at);
                long hits = zeros(eight ^ QUOTES) | zeros(eight ^ ESCAPES);
                if (hits != 0) {
                    at += Long.numberOfTrailingZeros(hits) / Byte.SIZE;
                    return;
                }
                at += Long.BYTES;
            }
            while (json[at] != '"' && json[at] != '\\') {
                at++;
            }
        }

        /** The highest bit of each byte that is zero; right up to the first of them. */
        private static long zeros(long bytes) {
            return (bytes - ONES) & ~bytes & HIGHEST_BITS;
        }

        private void skipValue() {
            int depth = 0;
            while (true) {
                switch (json[at]) {
                    case '"' -> skipString();
                    case '{', '[' -> {
                        depth++;
                        at++;
                    }
                    case '}', ']' -> {
                        if (depth == 0) {
                            return;
                        }
                        depth--;
                        at++;
                    }
                    case ',' -> {
                        if (depth == 0) {
                            return;
                        }
                        at++;
                    }
                    default -> at++;
                }
            }
        }
    }
}
