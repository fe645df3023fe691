package dev.vitrine.engine.sql;

import dev.vitrine.engine.sql.FormatDoc.Group;
import dev.vitrine.engine.sql.FormatDoc.Hard;
import dev.vitrine.engine.sql.FormatDoc.Line;
import dev.vitrine.engine.sql.FormatDoc.Nest;
import dev.vitrine.engine.sql.FormatDoc.Row;
import dev.vitrine.engine.sql.FormatDoc.Word;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/// A statement's tokens and comments in order, with the places where lines may or must be broken.
final class SqlLayout {
    /// Before these there is no blank, and none after those.
    private static final Set<Integer> CLOSING =
            Set.of(
                    SqlTokens.COMMA,
                    SqlTokens.RPAREN,
                    SqlTokens.LBRACKET,
                    SqlTokens.RBRACKET,
                    SqlTokens.DOT,
                    SqlTokens.SEMICOLON,
                    SqlTokens.COLON,
                    SqlTokens.COLON_COLON);

    private static final Set<Integer> OPENING =
            Set.of(
                    SqlTokens.LPAREN,
                    SqlTokens.LBRACKET,
                    SqlTokens.DOT,
                    SqlTokens.COLON_COLON,
                    SqlTokens.TILDE,
                    SqlTokens.BANG);

    /// Keywords that are written like functions.
    private static final Set<Integer> CALLED =
            Set.of(
                    SqlTokens.CAST,
                    SqlTokens.TRY_CAST,
                    SqlTokens.EXTRACT,
                    SqlTokens.SUBSTRING,
                    SqlTokens.TRIM,
                    SqlTokens.POSITION,
                    SqlTokens.STRUCT,
                    SqlTokens.ROLLUP,
                    SqlTokens.CUBE);

    private static final Hard HARD = new Hard();

    private final CommonTokenStream tokens;
    private final Deque<List<FormatDoc>> open = new ArrayDeque<>();
    private @Nullable TerminalNode previous;
    private boolean lineBegins = true;
    private int commented = -1;

    SqlLayout(CommonTokenStream tokens) {
        this.tokens = tokens;
    }

    FormatDoc statement(SqlGrammar.SingleStatementContext tree) {
        return row(() -> {
            visit(tree);
            // What follows the last token.
            commentsBefore(tokens.size() - 1);
        });
    }

    // Building

    private FormatDoc row(Runnable fill) {
        open.push(new ArrayList<>());
        fill.run();
        return new Row(open.pop());
    }

    private void add(FormatDoc doc) {
        List<FormatDoc> parts = open.peek();
        if (parts == null) {
            throw new IllegalStateException("no row is open");
        }
        parts.add(doc);
    }

    private void nest(Runnable fill) {
        add(new Nest(row(fill)));
    }

    private void group(Runnable fill) {
        add(new Group(row(fill)));
    }

    private void hard() {
        add(HARD);
        lineBegins = true;
    }

    private void line() {
        add(Line.SPACE);
        lineBegins = true;
    }

    /// A place to break without a blank.
    private void edge() {
        add(Line.NOTHING);
        lineBegins = true;
    }

    // Rules

    private void visit(ParseTree tree) {
        switch (tree) {
            case TerminalNode terminal -> word(terminal);
            case SqlGrammar.ExplainContext explain -> {
                each(explain.children.subList(0, explain.children.size() - 1));
                hard();
                visit(explain.statement());
            }
            case SqlGrammar.CreateViewContext view -> {
                each(view.children.subList(0, view.children.size() - 1));
                hard();
                visit(view.query());
            }
            case SqlGrammar.WithContext with -> with(with);
            case SqlGrammar.SetExpressionContext set -> operands(set);
            case SqlGrammar.IntersectionContext set -> operands(set);
            case SqlGrammar.QueryContext query -> query(query);
            case SqlGrammar.PipeOrganizationContext order -> each(order.organization().children);
            case SqlGrammar.FromQueryContext query -> operands(query);
            case SqlGrammar.FromClauseContext from -> from(from);
            case SqlGrammar.SelectContext select -> select(select);
            case SqlGrammar.RelationContext relation -> relation(relation);
            case SqlGrammar.OrganizationContext order -> organization(order);
            case SqlGrammar.ExpressionContext expression ->
                    operators(expression, SqlTokens.OR, this::line);
            case SqlGrammar.ConjunctionContext conjunction ->
                    operators(conjunction, SqlTokens.AND, this::line);
            case SqlGrammar.CaseExpressionContext chosen -> chosen(chosen);
            case SqlGrammar.WindowSpecContext spec -> window(spec);
            case SqlGrammar.InlineTableContext rows -> {
                visit(rows.getChild(0));
                items(rows.children.subList(1, rows.children.size()));
            }
            case ParserRuleContext rule -> rule(rule);
            default -> throw new IllegalStateException(tree.getClass().getName());
        }
    }

    private void each(List<ParseTree> children) {
        children.forEach(this::visit);
    }

    /// Whatever has no layout of its own: subqueries and lists in its parentheses do.
    private void rule(ParserRuleContext rule) {
        List<ParseTree> children = rule.children == null ? List.of() : rule.children;
        for (int i = 0; i < children.size(); i++) {
            ParseTree child = children.get(i);
            visit(child);
            if (isToken(child, SqlTokens.LPAREN)) {
                int close = closing(children, i);
                List<ParseTree> inside = children.subList(i + 1, close);
                if (inside.size() == 1 && inside.getFirst() instanceof SqlGrammar.QueryContext) {
                    nest(() -> {
                        hard();
                        each(inside);
                    });
                    hard();
                } else if (!inside.isEmpty()) {
                    group(() -> {
                        nest(() -> {
                            edge();
                            list(inside);
                        });
                        edge();
                    });
                }
                i = close - 1;
            }
        }
    }

    /// The index of the parenthesis that closes the one at `from`, which is of the same rule.
    private static int closing(List<ParseTree> children, int from) {
        for (int i = from + 1; i < children.size(); i++) {
            if (isToken(children.get(i), SqlTokens.RPAREN)) {
                return i;
            }
        }
        return children.size();
    }

    /// Parts between commas, each of which may begin a line.
    private void list(List<ParseTree> children) {
        for (ParseTree child : children) {
            if (child instanceof SqlGrammar.ArgumentsContext arguments) {
                list(arguments.children);
            } else {
                visit(child);
                if (isToken(child, SqlTokens.COMMA)) {
                    line();
                }
            }
        }
    }

    /// A list after a keyword: on its line, or each part on a line of its own.
    private void items(List<ParseTree> children) {
        group(() ->
                nest(() -> {
                    line();
                    list(children);
                }));
    }

    /// A condition after a keyword, broken before AND and OR.
    private void condition(ParseTree condition) {
        group(() -> nest(() -> visit(condition)));
    }

    private void with(SqlGrammar.WithContext with) {
        for (ParseTree child : with.children) {
            visit(child);
            if (isToken(child, SqlTokens.COMMA)) {
                hard();
            }
        }
        hard();
    }

    /// Queries with UNION, INTERSECT and the like on lines between them.
    private void operands(ParserRuleContext set) {
        for (int i = 0; i < set.getChildCount(); i++) {
            if (i > 0) {
                hard();
            }
            visit(set.getChild(i));
        }
    }

    private void operators(ParserRuleContext chain, int operator, Runnable before) {
        for (ParseTree child : chain.children) {
            if (isToken(child, operator)) {
                before.run();
            }
            visit(child);
        }
    }

    private void select(SqlGrammar.SelectContext select) {
        List<ParseTree> children = select.children;
        int i = 0;
        visit(children.get(i++));
        if (children.get(i) instanceof SqlGrammar.SetQuantifierContext) {
            visit(children.get(i++));
        }
        int end = i;
        while (end < children.size()
                && (children.get(end) instanceof SqlGrammar.NamedExpressionContext
                        || isToken(children.get(end), SqlTokens.COMMA))) {
            end++;
        }
        items(children.subList(i, end));
        for (i = end; i < children.size(); i = end) {
            ParseTree clause = children.get(i);
            hard();
            end = i + 1;
            if (clause instanceof SqlGrammar.GroupByContext groupBy) {
                groupBy(groupBy);
                continue;
            }
            visit(clause);
            if (clause instanceof SqlGrammar.FromClauseContext) {
                continue;
            }
            while (end < children.size() && !beginsClause(children.get(end))) {
                end++;
            }
            List<ParseTree> rest = children.subList(i + 1, end);
            if (isToken(clause, SqlTokens.WHERE) || isToken(clause, SqlTokens.HAVING)) {
                condition(rest.getFirst());
            } else {
                relations(rest);
            }
        }
    }

    /// A query with each of its pipe operators on a line of its own.
    private void query(SqlGrammar.QueryContext query) {
        for (ParseTree child : query.children) {
            if (isToken(child, SqlTokens.PIPE_GT)) {
                hard();
            }
            visit(child);
        }
    }

    private void from(SqlGrammar.FromClauseContext from) {
        visit(from.getChild(0));
        relations(from.children.subList(1, from.children.size()));
    }

    private static boolean beginsClause(ParseTree child) {
        return child instanceof SqlGrammar.GroupByContext
                || child instanceof SqlGrammar.FromClauseContext
                || isToken(child, SqlTokens.WHERE)
                || isToken(child, SqlTokens.HAVING)
                || isToken(child, SqlTokens.WINDOW);
    }

    /// Relations between commas, each with its joins on lines of their own.
    private void relations(List<ParseTree> relations) {
        boolean joined = relations.stream().anyMatch(SqlLayout::hasJoins);
        if (joined) {
            for (ParseTree child : relations) {
                visit(child);
                if (isToken(child, SqlTokens.COMMA)) {
                    hard();
                }
            }
        } else if (relations.size() == 1) {
            visit(relations.getFirst());
        } else {
            items(relations);
        }
    }

    private static boolean hasJoins(ParseTree tree) {
        return tree instanceof SqlGrammar.RelationContext relation
                && relation.relationExtension().stream().anyMatch(e -> e.joinClause() != null);
    }

    private void relation(SqlGrammar.RelationContext relation) {
        for (ParseTree child : relation.children) {
            if (child instanceof SqlGrammar.RelationExtensionContext extension
                    && extension.joinClause() != null) {
                hard();
                join(extension.joinClause());
            } else {
                visit(child);
            }
        }
    }

    private void join(SqlGrammar.JoinClauseContext join) {
        for (ParseTree child : join.children) {
            if (child instanceof SqlGrammar.JoinCriteriaContext criteria
                    && criteria.expression() != null) {
                group(() ->
                        nest(() -> {
                            line();
                            each(criteria.children);
                        }));
            } else {
                visit(child);
            }
        }
    }

    private void groupBy(SqlGrammar.GroupByContext groupBy) {
        visit(groupBy.getChild(0));
        visit(groupBy.getChild(1));
        items(groupBy.children.subList(2, groupBy.getChildCount()));
    }

    private void organization(SqlGrammar.OrganizationContext order) {
        List<ParseTree> children = order.children == null ? List.of() : order.children;
        int end;
        for (int i = 0; i < children.size(); i = end) {
            hard();
            end = i + 1;
            if (children.get(i) instanceof SqlGrammar.LimitClauseContext limit) {
                rule(limit);
                continue;
            }
            // ORDER BY or SORT BY
            visit(children.get(i));
            visit(children.get(end++));
            int from = end;
            while (end < children.size()
                    && !isToken(children.get(end), SqlTokens.SORT)
                    && !(children.get(end) instanceof SqlGrammar.LimitClauseContext)) {
                end++;
            }
            items(children.subList(from, end));
        }
    }

    private void chosen(SqlGrammar.CaseExpressionContext chosen) {
        group(() -> {
            List<ParseTree> children = chosen.children;
            visit(children.getFirst());
            nest(() -> {
                for (ParseTree child : children.subList(1, children.size() - 1)) {
                    if (child instanceof SqlGrammar.WhenClauseContext
                            || isToken(child, SqlTokens.ELSE)) {
                        line();
                    }
                    visit(child);
                }
            });
            line();
            visit(children.getLast());
        });
    }

    private void window(SqlGrammar.WindowSpecContext spec) {
        List<ParseTree> children = spec.children;
        visit(children.getFirst());
        group(() -> {
            nest(() -> {
                edge();
                for (ParseTree child : children.subList(1, children.size() - 1)) {
                    boolean begins =
                            isToken(child, SqlTokens.PARTITION)
                                    || isToken(child, SqlTokens.ORDER)
                                    || child instanceof SqlGrammar.WindowFrameContext;
                    if (begins && !lineBegins) {
                        line();
                    }
                    visit(child);
                }
            });
            edge();
        });
        visit(children.getLast());
    }

    // Words

    private void word(TerminalNode terminal) {
        Token token = terminal.getSymbol();
        if (token.getType() == Token.EOF) {
            return;
        }
        commentsBefore(token.getTokenIndex());
        String blank = lineBegins || !blankBetween(previous, terminal) ? "" : " ";
        add(new Word(blank + text(terminal)));
        previous = terminal;
        lineBegins = false;
        commentsBeside(token.getTokenIndex());
    }

    private static String text(TerminalNode terminal) {
        Token token = terminal.getSymbol();
        return SqlLexing.isKeyword(token.getType()) && !isName(terminal)
                ? token.getText().toUpperCase(Locale.ROOT)
                : token.getText();
    }

    /// Whether a word, though it may be a keyword elsewhere, is a name here.
    private static boolean isName(TerminalNode terminal) {
        return terminal.getParent() instanceof SqlGrammar.NonReservedContext
                || terminal.getParent() instanceof SqlGrammar.StatementWordContext
                || terminal.getParent() instanceof SqlGrammar.ReservedContext
                || terminal.getParent() instanceof SqlGrammar.IdentifierContext
                || terminal.getParent() instanceof SqlGrammar.FunctionNameContext;
    }

    private static boolean blankBetween(@Nullable TerminalNode left, TerminalNode right) {
        if (left == null) {
            return false;
        }
        int before = left.getSymbol().getType();
        int after = right.getSymbol().getType();
        if (after == SqlTokens.LPAREN) {
            return isColumnList(right)
                    || !isName(left) && !CALLED.contains(before) && !OPENING.contains(before);
        }
        if (isSign(left)) {
            // Two minus signs would begin a comment.
            return before == after;
        }
        if (isOfType(left) && before == SqlTokens.LT || isOfType(right) && isAngle(after)) {
            return false;
        }
        if (left.getParent() instanceof SqlGrammar.ShiftOperatorContext
                && left.getParent().equals(right.getParent())) {
            return false;
        }
        return !CLOSING.contains(after) && !OPENING.contains(before);
    }

    /// Whether a parenthesis begins the columns of a table or view rather than arguments.
    private static boolean isColumnList(TerminalNode parenthesis) {
        return switch (parenthesis.getParent()) {
            case SqlGrammar.CreateTableContext c -> true;
            case SqlGrammar.CreateViewUsingContext c -> true;
            case SqlGrammar.ViewColumnsContext c -> true;
            case SqlGrammar.IdentifierListContext names ->
                    names.getParent() instanceof SqlGrammar.InsertContext;
            default -> false;
        };
    }

    private static boolean isSign(TerminalNode terminal) {
        int type = terminal.getSymbol().getType();
        return (type == SqlTokens.MINUS || type == SqlTokens.PLUS)
                && !(terminal.getParent() instanceof SqlGrammar.SumOperatorContext);
    }

    private static boolean isAngle(int type) {
        return type == SqlTokens.LT || type == SqlTokens.GT || type == SqlTokens.NOT_EQ;
    }

    private static boolean isOfType(TerminalNode terminal) {
        return terminal.getParent() instanceof SqlGrammar.DataTypeContext;
    }

    private static boolean isToken(ParseTree tree, int type) {
        return tree instanceof TerminalNode terminal && terminal.getSymbol().getType() == type;
    }

    // Comments

    /// Those that begin in the line of the word at `index` stay with it.
    private void commentsBeside(int index) {
        for (int i = index + 1; i < tokens.size() && isHidden(i) && !breaks(i); i++) {
            if (tokens.get(i).getType() != SqlTokens.SPACE) {
                comment(i);
            }
        }
    }

    /// All others go with the word that follows, at `index`.
    private void commentsBefore(int index) {
        int from = index;
        while (from > 0 && isHidden(from - 1)) {
            from--;
        }
        for (int i = Math.max(from, commented + 1); i < index; i++) {
            if (tokens.get(i).getType() != SqlTokens.SPACE) {
                comment(i);
            }
        }
    }

    private boolean isHidden(int index) {
        return tokens.get(index).getChannel() != Token.DEFAULT_CHANNEL;
    }

    private void comment(int index) {
        Token comment = tokens.get(index);
        commented = index;
        if (breaks(index - 1)) {
            hard();
        }
        boolean glued =
                lineBegins || previous == null || OPENING.contains(previous.getSymbol().getType());
        add(new Word((glued ? "" : " ") + comment.getText().stripTrailing()));
        lineBegins = false;
        if (comment.getType() == SqlTokens.LINE_COMMENT || breaks(index + 1)) {
            hard();
        } else if (glued) {
            add(new Word(" "));
            lineBegins = true;
        }
    }

    /// Whether the blanks at this place of the token stream go over the end of a line.
    private boolean breaks(int index) {
        if (index < 0 || index >= tokens.size()) {
            return false;
        }
        Token token = tokens.get(index);
        return token.getType() == SqlTokens.SPACE && token.getText().indexOf('\n') >= 0;
    }
}
