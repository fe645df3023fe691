package dev.vitrine.connectors.json;

import dev.vitrine.connectors.file.EightBytes;
import dev.vitrine.engine.types.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the wanted members of objects, one a line, without making anything of them.
///
/// It accepts only what is JSON without doubt (RFC 8259); of any other line it says so, and a real
/// parser has the word. Members mostly come in the same order as in the line before, written in the
/// same way: what stands between two values is compared with that first, as a whole.
final class JsonScanner {
    /// What stands at a member's place.
    static final byte MISSING = 0;

    static final byte NULL = 1;
    static final byte WHOLE = 2;
    static final byte FRACTION = 3;
    static final byte PLAIN_TEXT = 4;
    static final byte ESCAPED_TEXT = 5;
    static final byte TRUE = 6;
    static final byte FALSE = 7;
    static final byte NESTED = 8;

    /// Bytes that must be there, whatever they are, behind the text.
    static final int SPARE_BYTES = 8;

    private static final long QUOTES = EightBytes.EACH * '"';
    private static final long BACKSLASHES = EightBytes.EACH * '\\';

    /// Added to a byte below 128, they set its highest bit unless it was 0, or below the blank.
    private static final long NOT_ZERO = EightBytes.EACH * 0x7F;

    private static final long NOT_CONTROL = EightBytes.EACH * (0x80 - ' ');
    private static final long LINE_BREAKS = EightBytes.EACH * '\n';

    private static final int MAX_DEPTH = 200;
    private static final int MAX_NUMBER = 400;
    private static final int MAX_NAME = 1000;
    private static final int MAX_NAMES = 10_000;
    private static final int MAX_MEMBERS = 1000;

    private final List<Field> fields;
    private final int columns;
    private final Map<String, Integer> targets = new HashMap<>();

    /// What stands before the value of each member, from the end of the value before it: `{"a":` or
    /// `, "b": `, in words of eight bytes, with the mask of the last.
    private long[][] expectedWords = new long[16][];

    private long[] expectedMasks = new long[16];
    private int[] expectedLengths = new int[16];
    private int[] expectedTargets = new int[16];
    private int expected;

    /// Kind and place of each wanted member: that of column `c` of row `r` is at `r * columns + c`.
    final byte[] kinds;

    final int[] starts;
    final int[] ends;

    private boolean escaped;
    private byte numberKind;

    /// @param fields the wanted members
    /// @param maxRows lines that can be kept at once
    JsonScanner(List<Field> fields, int maxRows) {
        this.fields = fields;
        this.columns = fields.size();
        this.kinds = new byte[maxRows * columns];
        this.starts = new int[maxRows * columns];
        this.ends = new int[maxRows * columns];
    }

    /// Scans the line that begins at `from` into row `row`; gives where its line break is, or -1 if
    /// the line is not plainly one object.
    ///
    /// @param text has a line break somewhere and [#SPARE_BYTES] more bytes after it
    int scan(byte[] text, int from, int row) {
        int base = row * columns;
        Arrays.fill(kinds, base, base + columns, MISSING);
        int at = from;
        for (int member = 0; ; member++) {
            int target;
            if (member < expected && isExpected(text, at, member)) {
                target = expectedTargets[member];
                at += expectedLengths[member];
            } else {
                int before = at;
                at = skipBlanks(text, at);
                if (text[at] == '}' && member > 0) {
                    return lineBreakAfter(text, at + 1);
                }
                if (text[at] != (member == 0 ? '{' : ',')) {
                    return -1;
                }
                at = skipBlanks(text, at + 1);
                if (text[at] == '}' && member == 0) {
                    return lineBreakAfter(text, at + 1);
                }
                int name = at + 1;
                int nameEnd = text[at] == '"' ? string(text, name) : -1;
                if (nameEnd < 0 || escaped || nameEnd - name > MAX_NAME) {
                    return -1;
                }
                at = skipBlanks(text, nameEnd + 1);
                if (text[at] != ':') {
                    return -1;
                }
                at = skipBlanks(text, at + 1);
                target = target(new String(text, name, nameEnd - name, StandardCharsets.UTF_8));
                learn(text, before, at, member, target);
            }
            at = value(text, at, target < 0 ? -1 : base + target);
            if (at < 0) {
                return -1;
            }
        }
    }

    private static int lineBreakAfter(byte[] text, int from) {
        int at = skipBlanks(text, from);
        return text[at] == '\n' ? at : -1;
    }

    private boolean isExpected(byte[] text, int at, int member) {
        long[] words = expectedWords[member];
        int last = words.length - 1;
        if (at + words.length * 8 > text.length) {
            return false;
        }
        for (int i = 0; i < last; i++) {
            if (EightBytes.at(text, at + i * 8) != words[i]) {
                return false;
            }
        }
        return (EightBytes.at(text, at + last * 8) & expectedMasks[member]) == words[last];
    }

    /// Which column wants a member, or -1.
    private int target(String name) {
        if (targets.size() > MAX_NAMES) {
            // Objects with ever new names: nothing is learnt from them.
            targets.clear();
        }
        return targets.computeIfAbsent(name, text -> JsonValues.index(fields, text, 0));
    }

    /// Remembers what stands from `from` to `to` between the value before a member and its own.
    private void learn(byte[] text, int from, int to, int member, int target) {
        if (member > expected || member >= MAX_MEMBERS || to - from > MAX_NAME) {
            return;
        }
        if (member == expectedWords.length) {
            expectedWords = Arrays.copyOf(expectedWords, member * 2);
            expectedMasks = Arrays.copyOf(expectedMasks, member * 2);
            expectedLengths = Arrays.copyOf(expectedLengths, member * 2);
            expectedTargets = Arrays.copyOf(expectedTargets, member * 2);
        }
        int length = to - from;
        int words = (length + 7) / 8;
        byte[] padded = Arrays.copyOf(Arrays.copyOfRange(text, from, to), words * 8);
        long[] expectation = new long[words];
        for (int i = 0; i < words; i++) {
            expectation[i] = EightBytes.at(padded, i * 8);
        }
        expectedWords[member] = expectation;
        expectedMasks[member] = -1L >>> (words * 8 - length) * 8;
        expectedLengths[member] = length;
        expectedTargets[member] = target;
        expected = Math.max(expected, member + 1);
    }

    /// Notes the value at `at` in `slot` (none if negative); where it ends, or -1.
    private int value(byte[] text, int at, int slot) {
        byte kind;
        int start = at;
        int end;
        int next;
        switch (text[at]) {
            case '"' -> {
                start = at + 1;
                end = string(text, start);
                kind = escaped ? ESCAPED_TEXT : PLAIN_TEXT;
                next = end + 1;
            }
            case '{', '[' -> {
                end = nested(text, at, 0);
                kind = NESTED;
                next = end;
            }
            case 't' -> {
                end = word(text, at, "true");
                kind = TRUE;
                next = end;
            }
            case 'f' -> {
                end = word(text, at, "false");
                kind = FALSE;
                next = end;
            }
            case 'n' -> {
                end = word(text, at, "null");
                kind = NULL;
                next = end;
            }
            default -> {
                end = number(text, at);
                kind = numberKind;
                next = end;
            }
        }
        if (end < 0) {
            return -1;
        }
        if (slot >= 0) {
            if (kinds[slot] != MISSING) {
                // A name comes twice.
                return -1;
            }
            kinds[slot] = kind;
            starts[slot] = start;
            ends[slot] = end;
        }
        return next;
    }

    /// Which of the eight bytes from `at` on is the first line break; 8 if none is.
    static int lineBreak(byte[] text, int at) {
        return EightBytes.before(EightBytes.equal(EightBytes.at(text, at), LINE_BREAKS));
    }

    private static int skipBlanks(byte[] text, int from) {
        int at = from;
        while (text[at] == ' ' || text[at] == '\t' || text[at] == '\r') {
            at++;
        }
        return at;
    }

    private static int word(byte[] text, int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (text[at + i] != word.charAt(i)) {
                return -1;
            }
        }
        return at + word.length();
    }

    /// The closing quote of the string that begins at `from`, or -1; leaves behind whether there
    /// are escapes in it.
    private int string(byte[] text, int from) {
        escaped = false;
        int at = from;
        while (true) {
            if (at + 8 > text.length) {
                return -1;
            }
            long word = EightBytes.at(text, at);
            // Each term has a byte's highest bit unless that byte is what it looks for. A byte
            // below
            // the lowest hit is never wrong here, and only the lowest counts.
            long harmless =
                    ((word ^ QUOTES) + NOT_ZERO)
                            & ((word ^ BACKSLASHES) + NOT_ZERO)
                            & (word + NOT_CONTROL)
                            & ~word;
            long hits = ~harmless & EightBytes.HIGHS;
            if (hits == 0) {
                at += 8;
                continue;
            }
            at += EightBytes.before(hits);
            byte sign = text[at];
            if (sign == '"') {
                return at;
            }
            if (sign == '\\') {
                escaped = true;
                at = escape(text, at + 1);
            } else if (sign < 0) {
                at = character(text, at);
            } else {
                return -1;
            }
            if (at < 0) {
                return -1;
            }
        }
    }

    /// Where an escape ends whose backslash stands before `at`, or -1.
    private static int escape(byte[] text, int at) {
        switch (text[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return at + 1;
            }
            case 'u' -> {
                for (int i = 1; i <= 4; i++) {
                    if (Character.digit(text[at + i], 16) < 0) {
                        return -1;
                    }
                }
                return at + 5;
            }
            default -> {
                return -1;
            }
        }
    }

    /// Where the UTF-8 character of two to four bytes ends that begins at `at`, or -1 (RFC 3629).
    private static int character(byte[] text, int at) {
        int lead = text[at] & 0xFF;
        int second = text[at + 1] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return isTail(second) ? at + 2 : -1;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            boolean fits =
                    isTail(second)
                            && isTail(text[at + 2])
                            && (lead != 0xE0 || second >= 0xA0)
                            && (lead != 0xED || second < 0xA0);
            return fits ? at + 3 : -1;
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            boolean fits =
                    isTail(second)
                            && isTail(text[at + 2])
                            && isTail(text[at + 3])
                            && (lead != 0xF0 || second >= 0x90)
                            && (lead != 0xF4 || second < 0x90);
            return fits ? at + 4 : -1;
        }
        return -1;
    }

    private static boolean isTail(int sign) {
        return (sign & 0xC0) == 0x80;
    }

    private int number(byte[] text, int from) {
        int at = text[from] == '-' ? from + 1 : from;
        numberKind = WHOLE;
        if (text[at] == '0') {
            at++;
        } else {
            int digits = digits(text, at);
            if (digits == at) {
                return -1;
            }
            at = digits;
        }
        if (text[at] == '.') {
            numberKind = FRACTION;
            int digits = digits(text, at + 1);
            if (digits == at + 1) {
                return -1;
            }
            at = digits;
        }
        if (text[at] == 'e' || text[at] == 'E') {
            numberKind = FRACTION;
            at++;
            if (text[at] == '+' || text[at] == '-') {
                at++;
            }
            int digits = digits(text, at);
            if (digits == at) {
                return -1;
            }
            at = digits;
        }
        return at - from <= MAX_NUMBER ? at : -1;
    }

    private static int digits(byte[] text, int from) {
        int at = from;
        for (; at + 8 <= text.length; at += 8) {
            long others = EightBytes.noDigits(EightBytes.at(text, at) ^ EightBytes.ZEROS);
            if (others != 0) {
                return at + EightBytes.before(others);
            }
        }
        return at;
    }

    /// Where the object or array ends that begins at `from`, or -1.
    private int nested(byte[] text, int from, int depth) {
        boolean object = text[from] == '{';
        int close = object ? '}' : ']';
        int at = skipBlanks(text, from + 1);
        if (text[at] == close) {
            return at + 1;
        }
        while (depth < MAX_DEPTH) {
            if (object) {
                int name = text[at] == '"' ? string(text, at + 1) : -1;
                if (name < 0) {
                    return -1;
                }
                at = skipBlanks(text, name + 1);
                if (text[at] != ':') {
                    return -1;
                }
                at = skipBlanks(text, at + 1);
            }
            boolean deeper = text[at] == '{' || text[at] == '[';
            at = deeper ? nested(text, at, depth + 1) : value(text, at, -1);
            if (at < 0) {
                return -1;
            }
            at = skipBlanks(text, at);
            if (text[at] == close) {
                return at + 1;
            }
            if (text[at] != ',') {
                return -1;
            }
            at = skipBlanks(text, at + 1);
        }
        return -1;
    }
}
