package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.sql.SqlLexing;
import dev.vitrine.engine.sql.SqlToken;
import dev.vitrine.engine.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What can be told of a query from its tokens alone, while it is being typed and does not parse.
///
/// @param start where the word at the caret begins
/// @param caret the caret
/// @param qualifier the name before a dot, where the place is QUALIFIED
/// @param commonTables `WITH a AS (…), b AS (…)` as far as it is complete, or empty
record UnfinishedQuery(
        Place place,
        int start,
        int caret,
        String qualifier,
        List<Relation> relations,
        String commonTables,
        List<String> commonTableNames) {

    /// What may stand at the caret.
    enum Place {
        EXPRESSION,
        TABLE,
        QUALIFIED,
        /// In a string or comment.
        NOWHERE
    }

    /// Something in a FROM clause.
    ///
    /// @param name its alias, or its own name
    /// @param text as written
    record Relation(String name, String text) {}

    private static final Set<String> TABLE_FOLLOWS =
            Set.of("FROM", "JOIN", "TABLE", "DESCRIBE", "DESC", "INTO", "VIEW");
    private static final Set<String> ENDS_FROM =
            Set.of(
                    "WHERE",
                    "GROUP",
                    "HAVING",
                    "ORDER",
                    "SORT",
                    "LIMIT",
                    "OFFSET",
                    "UNION",
                    "INTERSECT",
                    "EXCEPT",
                    "WINDOW",
                    "SELECT");

    static UnfinishedQuery at(String text, int offset) {
        return new Reading(text, offset).read();
    }

    String typed(String text) {
        return text.substring(start, Math.min(caret, text.length()));
    }

    private static final class Reading {
        private final String text;
        private final int caret;
        private final List<SqlToken> tokens = new ArrayList<>();
        private boolean nowhere;

        Reading(String text, int offset) {
            this.text = text;
            this.caret = Math.clamp(offset, 0, text.length());
            int from = 0;
            List<SqlToken> all = SqlLexing.tokens(text);
            for (SqlToken token : all) {
                boolean holds = token.range().start() < caret && caret <= token.range().end();
                boolean open =
                        token.kind() == TokenKind.COMMENT
                                || token.kind() == TokenKind.STRING
                                || token.kind() == TokenKind.ERROR;
                boolean inside = token.range().start() < caret && caret < token.range().end();
                boolean backQuote = word(token).startsWith("`");
                nowhere |=
                        open
                                && !backQuote
                                && (inside || (holds && token.kind() == TokenKind.ERROR));
                if (token.kind() != TokenKind.COMMENT) {
                    tokens.add(token);
                }
            }
            // Only the statement around the caret counts.
            for (int i = 0; i < tokens.size(); i++) {
                if (word(tokens.get(i)).equals(";") && tokens.get(i).range().end() <= caret) {
                    from = i + 1;
                }
            }
            tokens.subList(0, from).clear();
            for (int i = 0; i < tokens.size(); i++) {
                if (word(tokens.get(i)).equals(";")) {
                    tokens.subList(i, tokens.size()).clear();
                }
            }
        }

        private String word(SqlToken token) {
            return text.substring(token.range().start(), token.range().end());
        }

        private String upper(int index) {
            return index >= 0 && index < tokens.size()
                    ? word(tokens.get(index)).toUpperCase(Locale.ROOT)
                    : "";
        }

        private boolean isName(int index) {
            return index >= 0
                    && index < tokens.size()
                    && (tokens.get(index).kind() == TokenKind.IDENTIFIER
                            || tokens.get(index).kind() == TokenKind.FUNCTION
                            || word(tokens.get(index)).startsWith("`"));
        }

        private String name(int index) {
            String word = word(tokens.get(index));
            return word.startsWith("`") ? word.replace("`", "") : word;
        }

        UnfinishedQuery read() {
            int at = 0;
            while (at < tokens.size() && tokens.get(at).range().end() < caret) {
                at++;
            }
            boolean onWord =
                    at < tokens.size()
                            && tokens.get(at).range().start() < caret
                            && tokens.get(at).kind() != TokenKind.OPERATOR;
            int start = onWord ? tokens.get(at).range().start() : caret;
            int before = onWord ? at - 1 : lastBefore(caret);
            Place place = nowhere ? Place.NOWHERE : place(before);
            String qualifier =
                    place == Place.QUALIFIED && isName(before - 1) ? name(before - 1) : "";
            CommonTables ctes = commonTables();
            return new UnfinishedQuery(
                    place,
                    start,
                    caret,
                    qualifier,
                    relations(Math.max(before, 0)),
                    ctes.text,
                    ctes.names);
        }

        private int lastBefore(int offset) {
            int last = -1;
            for (int i = 0; i < tokens.size(); i++) {
                if (tokens.get(i).range().end() <= offset) {
                    last = i;
                }
            }
            return last;
        }

        private Place place(int before) {
            String word = upper(before);
            if (word.equals(".")) {
                return Place.QUALIFIED;
            }
            if (TABLE_FOLLOWS.contains(word)) {
                return Place.TABLE;
            }
            return word.equals(",") && inFrom(before) ? Place.TABLE : Place.EXPRESSION;
        }

        /// Whether a comma stands between relations.
        private boolean inFrom(int index) {
            int depth = 0;
            for (int i = index - 1; i >= 0; i--) {
                String word = upper(i);
                if (word.equals(")")) {
                    depth++;
                } else if (word.equals("(")) {
                    if (--depth < 0) {
                        return false;
                    }
                } else if (depth == 0 && word.equals("FROM")) {
                    return true;
                } else if (depth == 0 && (ENDS_FROM.contains(word) || word.equals("ON"))) {
                    return false;
                }
            }
            return false;
        }

        /// The relations of the FROM clause of the innermost query around token `index`, and of
        /// those around it.
        private List<Relation> relations(int index) {
            List<Relation> found = new ArrayList<>();
            int inside = index;
            while (true) {
                int open = opening(inside);
                collect(open + 1, closing(open), found);
                if (open < 0) {
                    return found;
                }
                inside = open - 1;
            }
        }

        /// The parenthesis that opens the one around token `index`, or -1.
        private int opening(int index) {
            int depth = 0;
            for (int i = index; i >= 0; i--) {
                String word = upper(i);
                if (word.equals(")") && i != index) {
                    depth++;
                } else if (word.equals("(") && --depth < 0) {
                    return i;
                }
            }
            return -1;
        }

        private int closing(int open) {
            int depth = 0;
            for (int i = open + 1; i < tokens.size(); i++) {
                String word = upper(i);
                if (word.equals("(")) {
                    depth++;
                } else if (word.equals(")") && --depth < 0) {
                    return i;
                }
            }
            return tokens.size();
        }

        private void collect(int from, int to, List<Relation> found) {
            boolean inFrom = false;
            int i = from;
            while (i < to) {
                String word = upper(i);
                if (word.equals("(") && !(inFrom && startsRelation(i - 1))) {
                    i = closing(i) + 1;
                    continue;
                }
                if (word.equals("FROM")) {
                    inFrom = true;
                } else if (ENDS_FROM.contains(word)) {
                    inFrom = false;
                }
                if (inFrom && startsRelation(i)) {
                    i = relation(i + 1, to, found);
                } else {
                    i++;
                }
            }
        }

        private boolean startsRelation(int index) {
            String word = upper(index);
            return word.equals("FROM") || word.equals("JOIN") || word.equals(",");
        }

        private int relation(int from, int to, List<Relation> found) {
            int end = from;
            if (upper(from).equals("(")) {
                end = Math.min(closing(from) + 1, to);
            } else if (isName(from)) {
                end = from + 1;
                while (end + 1 < to && upper(end).equals(".") && isName(end + 1)) {
                    end += 2;
                }
            }
            if (end == from) {
                return from;
            }
            SourceRange range = tokens.get(from).range().cover(tokens.get(end - 1).range());
            int alias = upper(end).equals("AS") ? end + 1 : end;
            String name = isName(end - 1) ? name(end - 1) : "";
            if (alias < to && isName(alias)) {
                name = name(alias);
                end = alias + 1;
            }
            found.add(new Relation(name, text.substring(range.start(), range.end())));
            return end;
        }

        private record CommonTables(String text, List<String> names) {}

        private CommonTables commonTables() {
            List<String> names = new ArrayList<>();
            if (!upper(0).equals("WITH")) {
                return new CommonTables("", names);
            }
            int i = 1;
            int end = 0;
            while (isName(i)) {
                int open = i + 1;
                if (upper(open).equals("(")) {
                    open = closing(open) + 1;
                }
                if (upper(open).equals("AS")) {
                    open++;
                }
                if (!upper(open).equals("(")) {
                    break;
                }
                int close = closing(open);
                boolean here = close >= tokens.size() || tokens.get(close).range().start() >= caret;
                if (here) {
                    break;
                }
                names.add(name(i));
                end = tokens.get(close).range().end();
                i = upper(close + 1).equals(",") ? close + 2 : tokens.size();
            }
            String with = end == 0 ? "" : text.substring(tokens.getFirst().range().start(), end);
            return new CommonTables(with, names);
        }
    }
}
