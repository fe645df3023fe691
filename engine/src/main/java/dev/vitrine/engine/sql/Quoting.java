package dev.vitrine.engine.sql;

/// Takes the quotes and escapes off strings and identifiers.
final class Quoting {
    private Quoting() {}

    static String identifier(String token) {
        return token.startsWith("`")
                ? token.substring(1, token.length() - 1).replace("``", "`")
                : token;
    }

    /// The value of a string token, `'…'`, `"…"` or `r'…'`.
    static String string(String token) {
        if (token.charAt(0) == 'r' || token.charAt(0) == 'R') {
            return token.substring(2, token.length() - 1);
        }
        char quote = token.charAt(0);
        StringBuilder value = new StringBuilder(token.length());
        int end = token.length() - 1;
        int at = 1;
        while (at < end) {
            char c = token.charAt(at);
            if (c == quote) {
                value.append(c);
                at += 2;
            } else if (c == '\\' && at + 1 < end) {
                at = escape(token, at + 1, end, value);
            } else {
                value.append(c);
                at++;
            }
        }
        return value.toString();
    }

    /// Appends what the escape at `at`, after its backslash, stands for; gives the place after it.
    private static int escape(String token, int at, int end, StringBuilder value) {
        char c = token.charAt(at);
        if (c == 'u' && at + 4 < end && isHex(token, at + 1, 4)) {
            value.append((char) Integer.parseInt(token.substring(at + 1, at + 5), 16));
            return at + 5;
        }
        if (c == 'U' && at + 8 < end && isHex(token, at + 1, 8)) {
            int point = (int) Long.parseLong(token.substring(at + 1, at + 9), 16);
            value.append(Character.isValidCodePoint(point) ? Character.toString(point) : "\uFFFD");
            return at + 9;
        }
        boolean octal =
                c >= '0'
                        && c <= '1'
                        && at + 2 < end
                        && isOctal(token.charAt(at + 1))
                        && isOctal(token.charAt(at + 2));
        if (octal) {
            value.append((char) Integer.parseInt(token.substring(at, at + 3), 8));
            return at + 3;
        }
        switch (c) {
            case '0' -> value.append('\0');
            case 'b' -> value.append('\b');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'Z' -> value.append('\u001A');
            // LIKE patterns keep their escapes.
            case '%', '_' -> value.append('\\').append(c);
            default -> value.append(c);
        }
        return at + 1;
    }

    private static boolean isOctal(char c) {
        return c >= '0' && c <= '7';
    }

    private static boolean isHex(String text, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
