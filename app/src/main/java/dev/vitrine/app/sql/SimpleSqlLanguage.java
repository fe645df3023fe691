package dev.vitrine.app.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SQL seen from afar, by patterns alone: colours and statements where no engine stands behind the text.
public final class SimpleSqlLanguage implements SqlLanguage {
    private static final Set<String> KEYWORDS =
            Set.of(
                    ("select from where group by having order limit offset join inner left right full outer cross semi anti on using"
                            + " union all intersect except distinct as and or not in is null like between case when then else end cast"
                            + " with values asc desc nulls first last exists over partition rows range create replace temp temporary"
                            + " view table true false interval date timestamp explain set describe show")
                                    .split(" "));
    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<comment>--[^\\n]*|/\\*(?s:.*?)(?:\\*/|$))"
                            + "|(?<string>'(?:[^'\\\\]|\\\\.|'')*'?|\"[^\"]*\"?)"
                            + "|(?<number>\\b\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?\\b)"
                            + "|(?<quoted>`[^`]*`?)"
                            + "|(?<word>\\b[\\p{L}_][\\p{L}\\d_]*\\b)"
                            + "|(?<operator>[-+*/%<>=!|&^~]+)");

    @Override
    public List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(new Token(kind(matcher, text), matcher.start(), matcher.end()));
        }
        return tokens;
    }

    private static TokenKind kind(Matcher matcher, String text) {
        if (matcher.group("comment") != null) {
            return TokenKind.COMMENT;
        }
        if (matcher.group("string") != null) {
            return TokenKind.STRING;
        }
        if (matcher.group("number") != null) {
            return TokenKind.NUMBER;
        }
        if (matcher.group("operator") != null) {
            return TokenKind.OPERATOR;
        }
        if (matcher.group("quoted") != null) {
            return TokenKind.NAME;
        }
        if (KEYWORDS.contains(matcher.group().toLowerCase(Locale.ROOT))) {
            return TokenKind.KEYWORD;
        }
        return matcher.end() < text.length() && text.charAt(matcher.end()) == '('
                ? TokenKind.FUNCTION
                : TokenKind.NAME;
    }

    @Override
    public List<Statement> statements(String text) {
        List<Statement> statements = new ArrayList<>();
        Matcher matcher =
                Pattern.compile("--[^\\n]*|/\\*(?s:.*?)\\*/|'(?:[^'\\\\]|\\\\.|'')*'|`[^`]*`|;")
                        .matcher(text);
        int from = 0;
        while (matcher.find()) {
            if (matcher.group().equals(";")) {
                add(statements, text, from, matcher.start());
                from = matcher.end();
            }
        }
        add(statements, text, from, text.length());
        return statements;
    }

    private static void add(List<Statement> statements, String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (text.startsWith("--", start)) {
            int line = text.indexOf('\n', start);
            start = line < 0 || line >= end ? end : line + 1;
            while (start < end && Character.isWhitespace(text.charAt(start))) {
                start++;
            }
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        if (end > start) {
            statements.add(new Statement(start, end));
        }
    }

    @Override
    public List<Candidate> complete(String text, int caret) {
        int start = caret;
        while (start > 0 && Character.isJavaIdentifierPart(text.charAt(start - 1))) {
            start--;
        }
        String typed = text.substring(start, caret).toLowerCase(Locale.ROOT);
        List<Candidate> candidates = new ArrayList<>();
        for (String keyword : KEYWORDS.stream().sorted().toList()) {
            if (keyword.startsWith(typed)) {
                String upper = keyword.toUpperCase(Locale.ROOT);
                candidates.add(
                        new Candidate(upper, upper, start, CandidateKind.KEYWORD, "", ""));
            }
        }
        return candidates;
    }

    @Override
    public String format(String text) {
        return text;
    }
}
