package dev.vitrine.engine.types;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Base64;

/// A [Variant] as JSON text, without blanks; dates, times and bytes (base 64) as strings.
final class VariantText {
    private final StringBuilder out = new StringBuilder();
    private final ZoneId zone;

    private VariantText(ZoneId zone) {
        this.zone = zone;
    }

    static String of(Variant variant, ZoneId zone) {
        VariantText text = new VariantText(zone);
        text.write(variant);
        return text.out.toString();
    }

    private void write(Variant variant) {
        Object value =
                switch (variant.kind()) {
                    case OBJECT, ARRAY -> null;
                    default -> variant.scalar();
                };
        switch (variant.kind()) {
            case NULL -> out.append("null");
            case BOOLEAN, WHOLE -> out.append(value);
            case FLOAT, DOUBLE -> {
                double number = ((Number) java.util.Objects.requireNonNull(value)).doubleValue();
                if (Double.isFinite(number)) {
                    out.append(value);
                } else {
                    out.append('"').append(value).append('"');
                }
            }
            case DECIMAL -> out.append(plain(value));
            case DATE -> quoted(Values.toText(value, DataType.DATE, zone));
            case TIME -> quoted(Values.toText(value, DataType.Time.DEFAULT, zone));
            case TIMESTAMP_NTZ -> quoted(Values.toText(value, DataType.TIMESTAMP_NTZ, zone));
            case TIMESTAMP ->
                    quoted(Values.toText(value, DataType.TIMESTAMP, zone) + offset(value));
            case BINARY ->
                    quoted(
                            value instanceof Binary bytes
                                    ? Base64.getEncoder().encodeToString(bytes.toBytes())
                                    : "");
            case STRING, UUID -> quoted(String.valueOf(value));
            case ARRAY -> array(variant);
            case OBJECT -> object(variant);
        }
    }

    private static String plain(@org.jspecify.annotations.Nullable Object value) {
        BigDecimal number = value instanceof BigDecimal d ? d : BigDecimal.ZERO;
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /// The zone's distance from UTC at that time, `+00:00`.
    private String offset(@org.jspecify.annotations.Nullable Object micros) {
        long seconds = Math.floorDiv(micros instanceof Long n ? n : 0L, 1_000_000L);
        String id = zone.getRules().getOffset(java.time.Instant.ofEpochSecond(seconds)).getId();
        return id.equals("Z") ? "+00:00" : id;
    }

    private void array(Variant variant) {
        out.append('[');
        for (int i = 0; i < variant.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(variant.element(i));
        }
        out.append(']');
    }

    private void object(Variant variant) {
        out.append('{');
        for (int i = 0; i < variant.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            quoted(variant.key(i));
            out.append(':');
            write(variant.element(i));
        }
        out.append('}');
    }

    private void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04X", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
