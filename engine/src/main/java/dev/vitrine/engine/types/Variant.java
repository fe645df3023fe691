package dev.vitrine.engine.types;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value that says itself what it is: a scalar, an array, or an object with names, nested as JSON
/// is. Both parts are encoded as the Variant specification of Apache Parquet has it, version 1.
///
/// @param value what it is
/// @param metadata the names of objects' fields, which `value` counts
public record Variant(Binary value, Binary metadata) {
    /// What a value is, by what its boxed form is as [DataType] says.
    public enum Kind {
        NULL,
        BOOLEAN,
        WHOLE,
        FLOAT,
        DOUBLE,
        DECIMAL,
        DATE,
        TIMESTAMP,
        TIMESTAMP_NTZ,
        TIME,
        BINARY,
        STRING,
        UUID,
        OBJECT,
        ARRAY
    }

    static final int VERSION = 1;
    static final int PRIMITIVE = 0;
    static final int SHORT_TEXT = 1;
    static final int OBJECT = 2;
    static final int ARRAY = 3;
    private static final int TYPE_BITS = 3;
    private static final int LARGE_OBJECT = 0x10;
    private static final int LARGE_ARRAY = 0x4;
    private static final int UUID_BYTES = 16;

    public Kind kind() {
        int header = header();
        return switch (value.at(0) & TYPE_BITS) {
            case SHORT_TEXT -> Kind.STRING;
            case OBJECT -> Kind.OBJECT;
            case ARRAY -> Kind.ARRAY;
            default ->
                    switch (header) {
                        case 0 -> Kind.NULL;
                        case 1, 2 -> Kind.BOOLEAN;
                        case 3, 4, 5, 6 -> Kind.WHOLE;
                        case 7 -> Kind.DOUBLE;
                        case 8, 9, 10 -> Kind.DECIMAL;
                        case 11 -> Kind.DATE;
                        case 12, 18 -> Kind.TIMESTAMP;
                        case 13, 19 -> Kind.TIMESTAMP_NTZ;
                        case 14 -> Kind.FLOAT;
                        case 15 -> Kind.BINARY;
                        case 16 -> Kind.STRING;
                        case 17 -> Kind.TIME;
                        case 20 -> Kind.UUID;
                        default -> throw new IllegalArgumentException("variant type " + header);
                    };
        };
    }

    private int header() {
        return (value.at(0) & 0xFF) >> 2;
    }

    /// The scalar, boxed; whole numbers as Long, a UUID as its text; null for NULL.
    public @Nullable Object scalar() {
        int header = header();
        if ((value.at(0) & TYPE_BITS) == SHORT_TEXT) {
            return text(1, header);
        }
        return switch (header) {
            case 0 -> null;
            case 1 -> true;
            case 2 -> false;
            case 3 -> signed(1, 1);
            case 4 -> signed(1, 2);
            case 5 -> signed(1, 4);
            case 6, 12, 13, 17 -> signed(1, 8);
            case 7 -> Double.longBitsToDouble(signed(1, 8));
            case 8 -> BigDecimal.valueOf(signed(2, 4), value.at(1));
            case 9 -> BigDecimal.valueOf(signed(2, 8), value.at(1));
            case 10 -> wide();
            case 11 -> (int) signed(1, 4);
            case 14 -> Float.intBitsToFloat((int) signed(1, 4));
            case 15 -> Binary.copyOf(bytes(5, (int) signed(1, 4)));
            case 16 -> text(5, (int) signed(1, 4));
            case 18, 19 -> Math.floorDiv(signed(1, 8), 1_000L);
            default -> uuid();
        };
    }

    private BigDecimal wide() {
        byte[] littleEndian = bytes(2, 16);
        byte[] bigEndian = new byte[16];
        for (int i = 0; i < 16; i++) {
            bigEndian[i] = littleEndian[15 - i];
        }
        return new BigDecimal(new BigInteger(bigEndian), value.at(1));
    }

    private String uuid() {
        byte[] all = bytes(1, UUID_BYTES);
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = high << 8 | all[i] & 0xFF;
            low = low << 8 | all[8 + i] & 0xFF;
        }
        return new java.util.UUID(high, low).toString();
    }

    /// The number of elements, or of fields.
    public int size() {
        return (int) unsigned(value, 1, isLarge() ? 4 : 1);
    }

    private boolean isLarge() {
        int large = (value.at(0) & TYPE_BITS) == OBJECT ? LARGE_OBJECT : LARGE_ARRAY;
        return (header() & large) != 0;
    }

    /// The element, or the value of the field, at an index below [#size].
    public Variant element(int index) {
        boolean object = (value.at(0) & TYPE_BITS) == OBJECT;
        int header = header();
        int offsetSize = (header & 3) + 1;
        int ids = 1 + (isLarge() ? 4 : 1);
        int offsets = object ? ids + size() * idSize() : ids;
        int values = offsets + (size() + 1) * offsetSize;
        int start = values + (int) unsigned(value, offsets + index * offsetSize, offsetSize);
        byte[] all = value.toBytes();
        return new Variant(
                Binary.copyOf(Arrays.copyOfRange(all, start, start + length(all, start))),
                metadata);
    }

    private int idSize() {
        return (header() >> 2 & 3) + 1;
    }

    /// The name of the field at an index; fields are in the order of their names' bytes.
    public String key(int index) {
        int at = 1 + (isLarge() ? 4 : 1) + index * idSize();
        return name((int) unsigned(value, at, idSize()));
    }

    private String name(int id) {
        int offsetSize = ((metadata.at(0) & 0xFF) >> 6) + 1;
        int count = (int) unsigned(metadata, 1, offsetSize);
        int offsets = 1 + offsetSize;
        int texts = offsets + (count + 1) * offsetSize;
        int start = (int) unsigned(metadata, offsets + id * offsetSize, offsetSize);
        int end = (int) unsigned(metadata, offsets + (id + 1) * offsetSize, offsetSize);
        return new String(metadata.toBytes(), texts + start, end - start, StandardCharsets.UTF_8);
    }

    /// The value of the field of a name, where there is one.
    public Optional<Variant> field(String name) {
        for (int i = 0; i < size(); i++) {
            if (key(i).equals(name)) {
                return Optional.of(element(i));
            }
        }
        return Optional.empty();
    }

    /// How many bytes the value at `start` takes.
    private static int length(byte[] all, int start) {
        Binary bytes = Binary.copyOf(Arrays.copyOfRange(all, start, all.length));
        int header = (bytes.at(0) & 0xFF) >> 2;
        return switch (bytes.at(0) & TYPE_BITS) {
            case SHORT_TEXT -> 1 + header;
            case OBJECT -> {
                int counted = (header & LARGE_OBJECT) != 0 ? 4 : 1;
                yield nested(bytes, counted, (header & 3) + 1, (header >> 2 & 3) + 1);
            }
            case ARRAY -> nested(bytes, (header & LARGE_ARRAY) != 0 ? 4 : 1, (header & 3) + 1, 0);
            default ->
                    switch (header) {
                        case 0, 1, 2 -> 1;
                        case 3 -> 2;
                        case 4 -> 3;
                        case 5, 11, 14 -> 5;
                        case 6, 7, 12, 13, 17, 18, 19 -> 9;
                        case 8 -> 6;
                        case 9 -> 10;
                        case 10 -> 18;
                        case 15, 16 -> 5 + (int) unsigned(bytes, 1, 4);
                        default -> 1 + UUID_BYTES;
                    };
        };
    }

    /// The last offset is where the last value ends.
    private static int nested(Binary bytes, int counted, int offsetSize, int idSize) {
        int count = (int) unsigned(bytes, 1, counted);
        int offsets = 1 + counted + count * idSize;
        int values = offsets + (count + 1) * offsetSize;
        return values + (int) unsigned(bytes, offsets + count * offsetSize, offsetSize);
    }

    private byte[] bytes(int start, int length) {
        return Arrays.copyOfRange(value.toBytes(), start, start + length);
    }

    private String text(int start, int length) {
        return new String(bytes(start, length), StandardCharsets.UTF_8);
    }

    private long signed(int start, int size) {
        int unused = 64 - 8 * size;
        return unsigned(value, start, size) << unused >> unused;
    }

    private static long unsigned(Binary bytes, int start, int size) {
        long number = 0;
        for (int i = size - 1; i >= 0; i--) {
            number = number << 8 | bytes.at(start + i) & 0xFF;
        }
        return number;
    }
}
