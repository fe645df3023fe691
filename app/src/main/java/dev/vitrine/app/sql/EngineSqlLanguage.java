package dev.vitrine.app.sql;

import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.api.TableInfo;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.function.FunctionEntry;
import dev.vitrine.engine.function.FunctionRegistry;
import dev.vitrine.engine.sql.SqlLexing;
import dev.vitrine.engine.sql.SqlText;
import dev.vitrine.engine.sql.SqlToken;
import dev.vitrine.engine.types.Field;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// SQL as the engine reads it: its lexer, its functions, the session's tables.
public final class EngineSqlLanguage implements SqlLanguage {
    private final Session session;

    public EngineSqlLanguage(Session session) {
        this.session = session;
    }

    @Override
    public List<Token> tokens(String text) {
        return SqlLexing.tokens(text).stream()
                .map(token -> new Token(kind(token), token.range().start(), token.range().end()))
                .toList();
    }

    private static TokenKind kind(SqlToken token) {
        return switch (token.kind()) {
            case KEYWORD -> TokenKind.KEYWORD;
            case FUNCTION -> TokenKind.FUNCTION;
            case IDENTIFIER -> TokenKind.NAME;
            case STRING, ERROR -> TokenKind.STRING;
            case NUMBER -> TokenKind.NUMBER;
            case COMMENT -> TokenKind.COMMENT;
            case OPERATOR -> TokenKind.OPERATOR;
        };
    }

    @Override
    public List<Statement> statements(String text) {
        return SqlText.statements(text).stream()
                .map(range -> new Statement(range.start(), range.end()))
                .toList();
    }

    @Override
    public List<Candidate> complete(String text, int caret) {
        int start = caret;
        while (start > 0 && isWord(text.charAt(start - 1))) {
            start--;
        }
        if (isInQuotesOrComment(text, start)) {
            return List.of();
        }
        String typed = text.substring(start, caret).toLowerCase(Locale.ROOT);
        String statement = statementAt(text, caret);
        Map<String, TableInfo> inScope = tablesIn(statement);
        List<Candidate> found = new ArrayList<>();
        if (start > 0 && text.charAt(start - 1) == '.') {
            int end = start - 1;
            int from = end;
            while (from > 0 && isWord(text.charAt(from - 1))) {
                from--;
            }
            TableInfo table = inScope.get(text.substring(from, end).toLowerCase(Locale.ROOT));
            if (table != null) {
                addColumns(found, table, typed, start);
            }
            return found;
        }
        boolean tableWanted =
                text.substring(0, start).matches("(?is).*\\b(from|join|table|into)\\s+$");
        if (!tableWanted) {
            inScope.values().stream()
                    .distinct()
                    .forEach(table -> addColumns(found, table, typed, starting(text, caret)));
        }
        for (TableInfo table : session.tables()) {
            if (matches(table.name(), typed)) {
                found.add(
                        new Candidate(
                                table.name(),
                                SqlText.quoted(table.name()),
                                start,
                                CandidateKind.TABLE,
                                table.kind(),
                                table.description()));
            }
        }
        if (!tableWanted && !typed.isEmpty()) {
            addFunctions(found, typed, start);
            for (String keyword : SqlLexing.keywords()) {
                if (keyword.toLowerCase(Locale.ROOT).startsWith(typed)) {
                    found.add(
                            new Candidate(keyword, keyword, start, CandidateKind.KEYWORD, "", ""));
                }
            }
        }
        return found;
    }

    @Override
    public String format(String text) {
        return text;
    }

    private static int starting(String text, int caret) {
        int start = caret;
        while (start > 0 && isWord(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static void addColumns(
            List<Candidate> found, TableInfo table, String typed, int start) {
        for (Field field : table.schema().fields()) {
            if (matches(field.name(), typed)) {
                found.add(
                        new Candidate(
                                field.name(),
                                SqlText.quoted(field.name()),
                                start,
                                CandidateKind.COLUMN,
                                field.type().catalogString(),
                                table.name()));
            }
        }
    }

    private static void addFunctions(List<Candidate> found, String typed, int start) {
        for (FunctionEntry entry : FunctionRegistry.builtin().entries()) {
            if (entry.name().startsWith(typed) && Character.isLetter(entry.name().charAt(0))) {
                found.add(
                        new Candidate(
                                entry.name(),
                                entry.name() + "()",
                                start,
                                CandidateKind.FUNCTION,
                                entry.signature(),
                                entry.doc()));
            }
        }
    }

    private static boolean matches(String name, String typed) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(typed) || (typed.length() > 2 && lower.contains(typed));
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static boolean isInQuotesOrComment(String text, int at) {
        return SqlLexing.tokens(text).stream()
                .anyMatch(token ->
                        switch (token.kind()) {
                            case STRING, COMMENT, NUMBER ->
                                    token.range().start() < at && token.range().end() >= at;
                            default -> false;
                        });
    }

    private static String statementAt(String text, int caret) {
        return SqlText.statements(text).stream()
                .filter(range -> range.start() <= caret && caret <= range.end() + 1)
                .map(range -> text.substring(range.start(), range.end()))
                .findFirst()
                .orElse("");
    }

    /// Tables that the statement names, by name and by the word after the name, which may be an
    /// alias.
    private Map<String, TableInfo> tablesIn(String statement) {
        Map<String, TableInfo> known = new HashMap<>();
        session.tables().forEach(table -> known.put(table.name().toLowerCase(Locale.ROOT), table));
        Map<String, TableInfo> found = new LinkedHashMap<>();
        List<SqlToken> tokens = SqlLexing.tokens(statement);
        for (int i = 0; i < tokens.size(); i++) {
            TableInfo table = known.get(word(statement, tokens.get(i).range()));
            if (table == null) {
                continue;
            }
            found.put(table.name().toLowerCase(Locale.ROOT), table);
            int next = i + 1;
            if (next < tokens.size() && word(statement, tokens.get(next).range()).equals("as")) {
                next++;
            }
            if (next < tokens.size()
                    && tokens.get(next).kind() == dev.vitrine.engine.sql.TokenKind.IDENTIFIER) {
                found.put(word(statement, tokens.get(next).range()), table);
            }
        }
        return found;
    }

    private static String word(String text, SourceRange range) {
        return text.substring(range.start(), range.end()).replace("`", "").toLowerCase(Locale.ROOT);
    }
}
