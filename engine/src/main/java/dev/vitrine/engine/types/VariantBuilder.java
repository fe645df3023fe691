package dev.vitrine.engine.types;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Writes one [Variant]: `value` what it is, then [#build]. Whole numbers and decimals take as few
/// bytes as they need.
public final class VariantBuilder {
    private static final int SHORT_TEXT_BYTES = 63;
    private static final int SMALL_SIZE = 255;
    private static final int INT_DIGITS = 9;
    private static final int LONG_DIGITS = 18;

    private final Map<String, Integer> names = new LinkedHashMap<>();

    /// Bytes of one value.
    public record Encoded(byte[] bytes) {}

    /// The variant whose value was written last by this builder.
    public Variant build(Encoded value) {
        return new Variant(Binary.copyOf(value.bytes), metadata());
    }

    private Binary metadata() {
        List<byte[]> texts = new ArrayList<>();
        int total = 0;
        for (String name : names.keySet()) {
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            texts.add(text);
            total += text.length;
        }
        int size = bytesFor(Math.max(total, texts.size()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Variant.VERSION | size - 1 << 6);
        number(out, texts.size(), size);
        int offset = 0;
        number(out, offset, size);
        for (byte[] text : texts) {
            offset += text.length;
            number(out, offset, size);
        }
        texts.forEach(out::writeBytes);
        return Binary.copyOf(out.toByteArray());
    }

    public Encoded ofNull() {
        return primitive(0, 0, 0);
    }

    public Encoded of(boolean value) {
        return primitive(value ? 1 : 2, 0, 0);
    }

    public Encoded of(long value) {
        int size =
                value == (byte) value
                        ? 1
                        : value == (short) value ? 2 : value == (int) value ? 4 : 8;
        int type = 3 + Integer.numberOfTrailingZeros(size);
        return primitive(type, value, size);
    }

    public Encoded of(double value) {
        return primitive(7, Double.doubleToLongBits(value), 8);
    }

    public Encoded of(float value) {
        return primitive(14, Float.floatToIntBits(value), 4);
    }

    /// A decimal of at most 38 digits.
    public Encoded of(BigDecimal value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int digits = Math.max(value.precision(), value.scale());
        int type = digits <= INT_DIGITS ? 8 : digits <= LONG_DIGITS ? 9 : 10;
        out.write(type << 2);
        out.write(value.scale());
        BigInteger unscaled = value.unscaledValue();
        if (type < 10) {
            number(out, unscaled.longValueExact(), type == 8 ? 4 : 8);
        } else {
            for (int i = 0; i < 2; i++) {
                number(out, unscaled.shiftRight(64 * i).longValue(), 8);
            }
        }
        return new Encoded(out.toByteArray());
    }

    public Encoded ofDate(int days) {
        return primitive(11, days, 4);
    }

    public Encoded ofTimestamp(long micros, boolean zoned) {
        return primitive(zoned ? 12 : 13, micros, 8);
    }

    public Encoded ofTime(long micros) {
        return primitive(17, micros, 8);
    }

    public Encoded of(Binary value) {
        return sized(15, value.toBytes());
    }

    public Encoded of(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        if (text.length > SHORT_TEXT_BYTES) {
            return sized(16, text);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Variant.SHORT_TEXT | text.length << 2);
        out.writeBytes(text);
        return new Encoded(out.toByteArray());
    }

    /// A value of another variant, whose names become this one's.
    public Encoded of(Variant variant) {
        return switch (variant.kind()) {
            case OBJECT -> {
                Map<String, Encoded> fields = new LinkedHashMap<>();
                for (int i = 0; i < variant.size(); i++) {
                    fields.put(variant.key(i), of(variant.element(i)));
                }
                yield ofObject(fields);
            }
            case ARRAY -> {
                List<Encoded> elements = new ArrayList<>();
                for (int i = 0; i < variant.size(); i++) {
                    elements.add(of(variant.element(i)));
                }
                yield ofArray(elements);
            }
            default -> new Encoded(variant.value().toBytes());
        };
    }

    public Encoded ofArray(List<Encoded> elements) {
        int total = total(elements);
        int size = bytesFor(total);
        boolean large = elements.size() > SMALL_SIZE;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Variant.ARRAY | (size - 1 | (large ? 4 : 0)) << 2);
        number(out, elements.size(), large ? 4 : 1);
        values(out, elements, size);
        return new Encoded(out.toByteArray());
    }

    /// An object; its fields are put into the order of their names.
    public Encoded ofObject(Map<String, Encoded> fields) {
        List<String> order = new ArrayList<>(fields.keySet());
        order.sort((a, b) ->
                Arrays.compareUnsigned(
                        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
        List<Encoded> values = new ArrayList<>();
        int maxId = 0;
        for (String name : order) {
            values.add(fields.get(name));
        }
        for (String name : fields.keySet()) {
            Integer id = names.computeIfAbsent(name, n -> names.size());
            maxId = Math.max(maxId, id);
        }
        int idSize = bytesFor(maxId);
        int size = bytesFor(total(values));
        boolean large = values.size() > SMALL_SIZE;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Variant.OBJECT | (size - 1 | idSize - 1 << 2 | (large ? 16 : 0)) << 2);
        number(out, values.size(), large ? 4 : 1);
        for (String name : order) {
            number(out, Objects.requireNonNull(names.get(name)), idSize);
        }
        values(out, values, size);
        return new Encoded(out.toByteArray());
    }

    private static int total(List<Encoded> values) {
        return values.stream().mapToInt(value -> value.bytes.length).sum();
    }

    private static void values(ByteArrayOutputStream out, List<Encoded> values, int size) {
        int offset = 0;
        number(out, offset, size);
        for (Encoded value : values) {
            offset += value.bytes.length;
            number(out, offset, size);
        }
        values.forEach(value -> out.writeBytes(value.bytes));
    }

    private static Encoded primitive(int type, long bits, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(type << 2);
        number(out, bits, size);
        return new Encoded(out.toByteArray());
    }

    private static Encoded sized(int type, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(type << 2);
        number(out, content.length, 4);
        out.writeBytes(content);
        return new Encoded(out.toByteArray());
    }

    private static int bytesFor(int number) {
        return number < 1 << 8 ? 1 : number < 1 << 16 ? 2 : number < 1 << 24 ? 3 : 4;
    }

    private static void number(ByteArrayOutputStream out, long number, int size) {
        for (int i = 0; i < size; i++) {
            out.write((int) (number >> 8 * i) & 0xFF);
        }
    }
}
