package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What string functions do, by code points and with positions from 1.
final class TextOperations {
    /// Characters that one value may have.
    private static final long MAX_LENGTH = 1L << 29;

    private TextOperations() {}

    static String substring(String text, int position, int length) {
        int count = text.codePointCount(0, text.length());
        long from = position > 0 ? position - 1L : position < 0 ? (long) count + position : 0;
        long to = Math.min(from + Math.max(0, length), count);
        from = Math.max(0, from);
        if (from >= to) {
            return "";
        }
        int start = text.offsetByCodePoints(0, (int) from);
        return text.substring(start, text.offsetByCodePoints(start, (int) (to - from)));
    }

    static Binary substring(Binary bytes, int position, int length) {
        int count = bytes.length();
        long from = position > 0 ? position - 1L : position < 0 ? (long) count + position : 0;
        long to = Math.min(from + Math.max(0, length), count);
        from = Math.max(0, from);
        return Binary.copyOf(
                from >= to
                        ? new byte[0]
                        : Arrays.copyOfRange(bytes.toBytes(), (int) from, (int) to));
    }

    static String trim(String text, String characters, boolean start, boolean end) {
        int from = 0;
        int to = text.length();
        while (start && from < to) {
            int point = text.codePointAt(from);
            if (characters.indexOf(point) < 0) {
                break;
            }
            from += Character.charCount(point);
        }
        while (end && to > from) {
            int point = text.codePointBefore(to);
            if (characters.indexOf(point) < 0) {
                break;
            }
            to -= Character.charCount(point);
        }
        return text.substring(from, to);
    }

    /// `text` over and over.
    ///
    /// @throws EngineException where that would be more than a value may hold
    static String repeat(String function, String text, int count) {
        long length = (long) text.length() * Math.max(0, count);
        if (length > MAX_LENGTH) {
            throw new EngineException(
                    ErrorCode.COLLECTION_SIZE_LIMIT_EXCEEDED__FUNCTION,
                    Map.of(
                            "functionName", "`" + function + "`",
                            "numberOfElements", length,
                            "maxRoundedArrayLength", MAX_LENGTH));
        }
        return text.repeat(Math.max(0, count));
    }

    static String pad(String text, int length, String pad, boolean left) {
        int count = text.codePointCount(0, text.length());
        if (length <= count || pad.isEmpty()) {
            return substring(text, 1, length);
        }
        int missing = length - count;
        int padLength = pad.codePointCount(0, pad.length());
        String fill =
                substring(repeat(left ? "lpad" : "rpad", pad, missing / padLength + 1), 1, missing);
        return left ? fill + text : text + fill;
    }

    static String initcap(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean first = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            result.append(first ? Character.toTitleCase(c) : Character.toLowerCase(c));
            first = c == ' ';
        }
        return result.toString();
    }

    static String translate(String text, String from, String to) {
        int[] source = from.codePoints().toArray();
        int[] target = to.codePoints().toArray();
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> {
                    int at = 0;
                    while (at < source.length && source[at] != point) {
                        at++;
                    }
                    if (at == source.length) {
                        result.appendCodePoint(point);
                    } else if (at < target.length) {
                        result.appendCodePoint(target[at]);
                    }
                });
        return result.toString();
    }

    static String overlay(String text, String replacement, int position, int length) {
        int cut = length < 0 ? replacement.codePointCount(0, replacement.length()) : length;
        return substring(text, 1, position - 1)
                + replacement
                + substring(text, position + cut, Integer.MAX_VALUE);
    }

    static Binary reverse(Binary bytes) {
        byte[] reversed = new byte[bytes.length()];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = bytes.at(reversed.length - 1 - i);
        }
        return Binary.copyOf(reversed);
    }

    static Binary overlay(Binary bytes, Binary replacement, int position, int length) {
        int cut = length < 0 ? replacement.length() : length;
        Binary head = substring(bytes, 1, position - 1);
        Binary tail = substring(bytes, position + cut, Integer.MAX_VALUE);
        byte[] all =
                Arrays.copyOf(head.toBytes(), head.length() + replacement.length() + tail.length());
        System.arraycopy(replacement.toBytes(), 0, all, head.length(), replacement.length());
        System.arraycopy(
                tail.toBytes(), 0, all, head.length() + replacement.length(), tail.length());
        return Binary.copyOf(all);
    }

    static String splitPart(String text, String delimiter, int part) {
        return part(
                delimiter.isEmpty()
                        ? List.of(text)
                        : List.of(text.split(Pattern.quote(delimiter), -1)),
                part);
    }

    /// One of `parts`, from 1, or from their end where `part` is negative; empty for none.
    static String part(List<String> parts, int part) {
        if (part == 0) {
            throw new EngineException(ErrorCode.INVALID_INDEX_OF_ZERO, Map.of());
        }
        int index = part > 0 ? part - 1 : parts.size() + part;
        return index >= 0 && index < parts.size() ? parts.get(index) : "";
    }

    static String substringIndex(String text, String delimiter, int count) {
        if (count == 0 || delimiter.isEmpty()) {
            return "";
        }
        int at = count > 0 ? -delimiter.length() : text.length();
        for (int i = 0; i < Math.abs((long) count); i++) {
            at =
                    count > 0
                            ? text.indexOf(delimiter, at + delimiter.length())
                            : text.lastIndexOf(delimiter, at - 1);
            if (at < 0) {
                return text;
            }
        }
        return count > 0 ? text.substring(0, at) : text.substring(at + delimiter.length());
    }

    static int locate(String part, String text, int position) {
        if (position < 1) {
            return 0;
        }
        int count = text.codePointCount(0, text.length());
        if (position > count + 1) {
            return 0;
        }
        int found = text.indexOf(part, text.offsetByCodePoints(0, position - 1));
        return found < 0 ? 0 : text.codePointCount(0, found) + 1;
    }

    static @Nullable Object join(@Nullable Object[] args, CallSite site) {
        if (args[0] == null) {
            return null;
        }
        StringJoiner joined = new StringJoiner((String) args[0]);
        for (int i = 1; i < args.length; i++) {
            DataType type = site.argTypes().get(i);
            if (args[i] instanceof List<?> list
                    && type instanceof DataType.Array(var element, var nulls)) {
                for (Object item : list) {
                    if (item != null) {
                        joined.add(CastText.of(item, element, site.zone()));
                    }
                }
            } else if (args[i] != null) {
                joined.add(CastText.of(args[i], type, site.zone()));
            }
        }
        return joined.toString();
    }

    static String hex(@Nullable Object value) {
        return switch (value) {
            case String s ->
                    HexFormat.of().withUpperCase().formatHex(s.getBytes(StandardCharsets.UTF_8));
            case Binary b -> HexFormat.of().withUpperCase().formatHex(b.toBytes());
            case Number n -> Long.toHexString(n.longValue()).toUpperCase(Locale.ROOT);
            case null, default -> "";
        };
    }

    static @Nullable Object unhex(String text) {
        try {
            String even = text.length() % 2 == 0 ? text : "0" + text;
            return Binary.copyOf(HexFormat.of().parseHex(even));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
