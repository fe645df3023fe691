package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A pattern for numbers such as `$99,999.00S`: what to_number reads and to_char writes.
///
/// `0` and `9` are digits, `,` or `G` parts thousands, `.` or `D` is the decimal point; `$` stands
/// before the digits; `S` or `MI` at either end, or `PR` at the end, is the sign.
///
/// @param groups numbers of digits between thousands separators, before the point
/// @param exact for each group whether all of its digits must be there: it starts with `0`
/// @param fraction digits after the point
record NumberPattern(
        String text,
        List<Integer> groups,
        List<Boolean> exact,
        int fraction,
        boolean point,
        boolean currency,
        Sign sign,
        boolean signFirst) {
    /// How a sign is written.
    enum Sign {
        NONE,
        PLUS_OR_MINUS,
        MINUS,
        BRACKETS
    }

    NumberPattern {
        groups = List.copyOf(groups);
        exact = List.copyOf(exact);
    }

    /// Reads a pattern.
    ///
    /// @throws EngineException INVALID_FORMAT
    static NumberPattern of(String text, @Nullable SourceRange where) {
        return new Reader(text, where).read();
    }

    /// The type of the numbers it reads.
    DataType.Decimal type() {
        int whole = groups.stream().mapToInt(Integer::intValue).sum();
        int precision = Math.max(1, Math.min(whole + fraction, DataType.Decimal.MAX_PRECISION));
        return new DataType.Decimal(precision, Math.min(fraction, precision));
    }

    private static final class Reader {
        private final String text;
        private final String body;
        private final @Nullable SourceRange where;
        private int at;
        private final List<Integer> groups = new ArrayList<>();
        private final List<Boolean> exact = new ArrayList<>();
        private int fraction;
        private boolean point;
        private boolean currency;
        private boolean digits;
        private Sign sign = Sign.NONE;
        private boolean signFirst;

        Reader(String text, @Nullable SourceRange where) {
            this.text = text;
            this.body = text.toUpperCase(Locale.ROOT);
            this.where = where;
        }

        NumberPattern read() {
            if (body.isEmpty()) {
                throw error(ErrorCode.INVALID_FORMAT__EMPTY, "");
            }
            signFirst = readSign();
            while (at < body.length()) {
                readOne();
            }
            if (!digits) {
                throw error(ErrorCode.INVALID_FORMAT__WRONG_NUM_DIGIT, "");
            }
            if (groups.size() > 1 && groups.contains(0)) {
                throw error(ErrorCode.INVALID_FORMAT__CONT_THOUSANDS_SEPS, "");
            }
            return new NumberPattern(
                    text, groups, exact, fraction, point, currency, sign, signFirst);
        }

        private boolean readSign() {
            Sign found =
                    body.startsWith("MI", at)
                            ? Sign.MINUS
                            : body.startsWith("PR", at)
                                    ? Sign.BRACKETS
                                    : body.startsWith("S", at) ? Sign.PLUS_OR_MINUS : Sign.NONE;
            if (found == Sign.NONE) {
                return false;
            }
            String token = found == Sign.PLUS_OR_MINUS ? "S" : body.substring(at, at + 2);
            if (sign != Sign.NONE) {
                throw error(ErrorCode.INVALID_FORMAT__WRONG_NUM_TOKEN, token);
            }
            if (found == Sign.BRACKETS && at + 2 < body.length()) {
                throw error(ErrorCode.INVALID_FORMAT__UNEXPECTED_TOKEN, token);
            }
            sign = found;
            at += token.length();
            return true;
        }

        private void readOne() {
            char c = body.charAt(at);
            switch (c) {
                case '0', '9' -> readDigits(c);
                case ',', 'G' -> {
                    if (point) {
                        throw error(ErrorCode.INVALID_FORMAT__THOUSANDS_SEPS_MUST_BEFORE_DEC, "");
                    }
                    if (groups.isEmpty()) {
                        throw error(ErrorCode.INVALID_FORMAT__CONT_THOUSANDS_SEPS, "");
                    }
                    groups.add(0);
                    exact.add(false);
                    at++;
                }
                case '.', 'D' -> {
                    if (point) {
                        throw error(ErrorCode.INVALID_FORMAT__WRONG_NUM_TOKEN, String.valueOf(c));
                    }
                    point = true;
                    at++;
                }
                case '$' -> {
                    if (currency) {
                        throw error(ErrorCode.INVALID_FORMAT__WRONG_NUM_TOKEN, "$");
                    }
                    if (digits) {
                        throw error(ErrorCode.INVALID_FORMAT__CUR_MUST_BEFORE_DIGIT, "");
                    }
                    if (point) {
                        throw error(ErrorCode.INVALID_FORMAT__CUR_MUST_BEFORE_DEC, "");
                    }
                    currency = true;
                    at++;
                    boolean behind = sign == Sign.NONE && readSign();
                    signFirst |= behind;
                }
                default -> {
                    if (!readSign()) {
                        throw error(ErrorCode.INVALID_FORMAT__UNEXPECTED_TOKEN, String.valueOf(c));
                    }
                    if (at < body.length()) {
                        throw error(
                                ErrorCode.INVALID_FORMAT__UNEXPECTED_TOKEN,
                                String.valueOf(body.charAt(at)));
                    }
                }
            }
        }

        private void readDigits(char first) {
            int start = at;
            while (at < body.length() && (body.charAt(at) == '0' || body.charAt(at) == '9')) {
                at++;
            }
            digits = true;
            if (point) {
                fraction += at - start;
            } else if (groups.isEmpty()) {
                groups.add(at - start);
                exact.add(first == '0');
            } else {
                groups.set(groups.size() - 1, at - start);
                exact.set(exact.size() - 1, first == '0');
            }
        }

        private EngineException error(ErrorCode code, String token) {
            return new EngineException(
                    code, Map.of("format", "'" + text + "'", "token", "'" + token + "'"), where);
        }
    }

    /// The number that `input` is in this pattern, or empty.
    Optional<BigDecimal> parse(String input) {
        String rest = input.strip();
        boolean negative = false;
        if (sign != Sign.NONE && signFirst) {
            negative = rest.startsWith("-");
            boolean signed = negative || sign == Sign.PLUS_OR_MINUS && rest.startsWith("+");
            rest = signed ? rest.substring(1) : rest;
        } else if (sign == Sign.BRACKETS && rest.startsWith("<")) {
            if (!rest.endsWith(">")) {
                return Optional.empty();
            }
            negative = true;
            rest = rest.substring(1, rest.length() - 1);
        } else if (sign == Sign.MINUS || sign == Sign.PLUS_OR_MINUS) {
            negative = rest.endsWith("-");
            boolean signed = negative || sign == Sign.PLUS_OR_MINUS && rest.endsWith("+");
            rest = signed ? rest.substring(0, rest.length() - 1) : rest;
        }
        if (currency) {
            if (!rest.startsWith("$")) {
                return Optional.empty();
            }
            rest = rest.substring(1);
            if (!negative && sign == Sign.MINUS && signFirst && rest.startsWith("-")) {
                negative = true;
                rest = rest.substring(1);
            }
        }
        int dot = rest.indexOf('.');
        String whole = dot < 0 ? rest : rest.substring(0, dot);
        String part = dot < 0 ? "" : rest.substring(dot + 1);
        if (dot >= 0 && !point || part.length() > fraction || !allDigits(part)) {
            return Optional.empty();
        }
        if (!fits(whole) || whole.isEmpty() && part.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal("0" + whole.replace(",", "") + "." + part + "0");
        BigDecimal scaled = number.setScale(type().scale(), RoundingMode.HALF_UP);
        return Optional.of(negative ? scaled.negate() : scaled);
    }

    private static boolean allDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// Whether digits with separators are no more than each group takes, the last group last.
    private boolean fits(String whole) {
        String[] parts = whole.split(",", -1);
        if (whole.isEmpty()) {
            return !exact.contains(true);
        }
        if (parts.length > groups.size()) {
            return false;
        }
        for (int i = 0; i < groups.size(); i++) {
            int group = groups.size() - 1 - i;
            int part = parts.length - 1 - i;
            int length = part < 0 ? 0 : parts[part].length();
            boolean wrong =
                    exact.get(group) ? length != groups.get(group) : length > groups.get(group);
            if (wrong || part >= 0 && !allDigits(parts[part]) || part > 0 && length == 0) {
                return false;
            }
        }
        return true;
    }

    /// `number` in this pattern; `#` for each digit where it does not fit.
    String format(BigDecimal number) {
        BigDecimal magnitude = number.abs();
        int digits = groups.stream().mapToInt(Integer::intValue).sum();
        BigDecimal rounded = magnitude.setScale(Math.max(fraction, magnitude.scale()));
        String[] parts = rounded.toPlainString().split("\\.", -1);
        String whole = parts[0].equals("0") && digits == 0 ? "" : parts[0];
        String tail = parts.length > 1 ? parts[1] : "";
        String kept = tail.replaceAll("0+$", "");
        boolean overflows = whole.length() > digits || kept.length() > fraction;
        StringBuilder text = new StringBuilder();
        writeWhole(text, whole, overflows);
        int blanks = 0;
        while (blanks < text.length() && text.charAt(blanks) == ' ') {
            blanks++;
        }
        StringBuilder prefix = new StringBuilder();
        boolean negative = number.signum() < 0;
        if (sign == Sign.BRACKETS && negative) {
            prefix.append('<');
        } else if (sign != Sign.NONE && sign != Sign.BRACKETS && signFirst) {
            prefix.append(signText(negative));
        }
        if (currency) {
            prefix.append('$');
        }
        text.insert(blanks, prefix);
        if (point) {
            text.append('.');
            for (int i = 0; i < fraction; i++) {
                text.append(overflows ? '#' : i < tail.length() ? tail.charAt(i) : '0');
            }
        }
        if (sign == Sign.BRACKETS) {
            text.append(negative ? ">" : "  ");
        } else if (sign != Sign.NONE && !signFirst) {
            text.append(signText(negative));
        }
        return text.toString();
    }

    private String signText(boolean negative) {
        return negative ? "-" : sign == Sign.PLUS_OR_MINUS ? "+" : " ";
    }

    private void writeWhole(StringBuilder text, String whole, boolean overflows) {
        int digits = groups.stream().mapToInt(Integer::intValue).sum();
        int missing = digits - whole.length();
        boolean zeros = !exact.isEmpty() && exact.getFirst();
        int written = 0;
        for (int group = 0; group < groups.size(); group++) {
            if (group > 0) {
                boolean blank = !overflows && !zeros && written <= missing && written < digits;
                text.append(overflows || !blank || written > missing ? ',' : ' ');
            }
            for (int i = 0; i < groups.get(group); i++, written++) {
                if (overflows) {
                    text.append('#');
                } else if (written < missing) {
                    text.append(zeros ? '0' : ' ');
                } else {
                    text.append(whole.charAt(written - missing));
                }
            }
        }
    }
}
