package dev.vitrine.engine.types;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Boxed values: how they are ordered and how they are shown.
public final class Values {
    private static final long MICROS_PER_SECOND = 1_000_000L;

    private Values() {}

    /// An interval as a literal, `INTERVAL '1-2' YEAR TO MONTH`; what else has a literal of its own
    /// as its bare text.
    public static String toLiteral(Object value, DataType type, ZoneId zone) {
        return switch (type) {
            case DataType.YearMonthInterval interval ->
                    Intervals.yearMonth((Integer) value, interval);
            case DataType.DayTimeInterval interval -> Intervals.dayTime((Long) value, interval);
            case DataType.Simple.INTERVAL -> "INTERVAL '" + value + "'";
            default -> toText(value, type, zone);
        };
    }

    /// The text that Spark's shells show; `NULL` inside nested values is lower case.
    public static String toText(@Nullable Object value, DataType type, ZoneId zone) {
        if (value == null) {
            return "NULL";
        }
        return switch (type) {
            case DataType.Simple.TIMESTAMP -> timestamp(localDateTime((Long) value, zone));
            case DataType.Simple.TIMESTAMP_NTZ ->
                    timestamp(localDateTime((Long) value, ZoneOffset.UTC));
            case DataType.Simple.VARIANT -> VariantText.of((Variant) value, zone);
            case DataType.Simple.DATE -> date(LocalDate.ofEpochDay((Integer) value));
            case DataType.Simple.BINARY ->
                    new String(((Binary) value).toBytes(), StandardCharsets.UTF_8);
            case DataType.Decimal d -> ((BigDecimal) value).toPlainString();
            case DataType.YearMonthInterval interval -> Intervals.yearMonth((Integer) value);
            case DataType.DayTimeInterval interval -> Intervals.dayTime((Long) value);
            case DataType.Array(var element, var nulls) -> {
                StringJoiner text = new StringJoiner(",", "[", "]");
                for (Object item : (List<?>) value) {
                    text.add(nested(item, element, zone));
                }
                yield text.toString();
            }
            case DataType.MapOf(var key, var val, var nulls) -> {
                // Entries have no order of their own; as text they are sorted.
                yield ((Map<?, ?>) value)
                        .entrySet().stream()
                                .map(entry ->
                                        nested(entry.getKey(), key, zone)
                                                + ":"
                                                + nested(entry.getValue(), val, zone))
                                .sorted()
                                .collect(Collectors.joining(",", "{", "}"));
            }
            case DataType.Struct(var fields) -> {
                StringJoiner text = new StringJoiner(",", "{", "}");
                Iterator<?> items = ((List<?>) value).iterator();
                for (Field field : fields) {
                    text.add(
                            "\"" + field.name() + "\":" + nested(items.next(), field.type(), zone));
                }
                yield text.toString();
            }
            case DataType.Collated c -> value.toString();
            case DataType.Time t -> time((Long) value);
            case DataType.Simple simple -> value.toString();
        };
    }

    /// Order of two values of one type, neither of them NULL: strings by their UTF-8 bytes, NaN
    /// above all numbers and equal to itself, -0.0 equal to 0.0, nested values element by element
    /// with NULL first.
    public static int compare(Object left, Object right) {
        return switch (left) {
            case Boolean l -> l.compareTo((Boolean) right);
            case Byte l -> l.compareTo((Byte) right);
            case Short l -> l.compareTo((Short) right);
            case Integer l -> l.compareTo((Integer) right);
            case Long l -> l.compareTo((Long) right);
            case Float l -> Float.compare(l + 0.0f, (Float) right + 0.0f);
            case Double l -> Double.compare(l + 0.0, (Double) right + 0.0);
            case BigDecimal l -> l.compareTo((BigDecimal) right);
            case BigInteger l -> l.compareTo((BigInteger) right);
            case String l -> compareText(l, (String) right);
            case Binary l -> l.compareTo((Binary) right);
            case List<?> l -> compareLists(l, (List<?>) right);
            default -> throw new IllegalArgumentException("No order for " + left.getClass());
        };
    }

    /// A value under which equal values (as [#compare] has it) are equal as Java objects: a key for
    /// hash maps.
    public static @Nullable Object hashKey(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Double d -> d == 0.0 ? (Object) 0.0 : d;
            case Float f -> f == 0.0f ? (Object) 0.0f : f;
            case List<?> list -> list.stream().map(Values::hashKey).toList();
            default -> value;
        };
    }

    private static int compareText(String left, String right) {
        // UTF-16 order differs from UTF-8 order only where surrogates meet other characters.
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char l = left.charAt(i);
            char r = right.charAt(i);
            if (l != r) {
                boolean ls = Character.isSurrogate(l);
                boolean rs = Character.isSurrogate(r);
                return ls == rs ? Character.compare(l, r) : ls ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static int compareLists(List<?> left, List<?> right) {
        Iterator<?> r = right.iterator();
        for (Object l : left) {
            if (!r.hasNext()) {
                return 1;
            }
            Object other = r.next();
            int order =
                    l == null || other == null
                            ? Boolean.compare(l != null, other != null)
                            : compare(l, other);
            if (order != 0) {
                return order;
            }
        }
        return r.hasNext() ? -1 : 0;
    }

    private static String nested(@Nullable Object value, DataType type, ZoneId zone) {
        if (value == null) {
            return "null";
        }
        String text = toText(value, type, zone);
        return type.isText() ? "\"" + text + "\"" : text;
    }

    private static LocalDateTime localDateTime(long micros, ZoneId zone) {
        Instant instant =
                Instant.ofEpochSecond(
                        Math.floorDiv(micros, MICROS_PER_SECOND),
                        Math.floorMod(micros, MICROS_PER_SECOND) * 1_000L);
        return LocalDateTime.ofInstant(instant, zone);
    }

    private static String date(LocalDate date) {
        int year = date.getYear();
        String text =
                String.format(
                        "%04d-%02d-%02d",
                        Math.abs(year), date.getMonthValue(), date.getDayOfMonth());
        return year < 0 ? "-" + text : year > 9999 ? "+" + text : text;
    }

    private static String timestamp(LocalDateTime time) {
        StringBuilder text =
                new StringBuilder(date(time.toLocalDate()))
                        .append(
                                String.format(
                                        " %02d:%02d:%02d",
                                        time.getHour(), time.getMinute(), time.getSecond()));
        long micros = time.get(java.time.temporal.ChronoField.MICRO_OF_SECOND);
        if (micros != 0) {
            String fraction = String.format("%06d", micros).replaceAll("0+$", "");
            text.append('.').append(fraction);
        }
        return text.toString();
    }

    /// `23:59:59.123`: without the zeros at the end of the fraction.
    public static String time(long micros) {
        long seconds = micros / MICROS_PER_SECOND;
        String text =
                String.format("%02d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
        long fraction = micros % MICROS_PER_SECOND;
        return fraction == 0
                ? text
                : text + "." + String.format("%06d", fraction).replaceAll("0+$", "");
    }

    /// A time of day, in microseconds, without the digits of the fraction behind the
    /// `precision`-th.
    public static long cut(long micros, int precision) {
        long unit = MICROS_PER_SECOND;
        for (int i = 0; i < precision; i++) {
            unit /= 10;
        }
        return micros - micros % unit;
    }

    /// Microseconds since 1970 of `time` taken as UTC.
    public static long toMicros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
    }
}
