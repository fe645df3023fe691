package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.DeepStack;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.jspecify.annotations.Nullable;

/// Reads SQL text. Safe to use from many threads.
public final class SqlParser {
    private SqlParser() {}

    /// One statement; a semicolon may end it.
    ///
    /// @throws EngineException PARSE_SYNTAX_ERROR and the like, with the place in `text`
    public static Statement parse(String text) {
        return parse(text, Settings.defaults());
    }

    /// One statement of a session with these settings.
    public static Statement parse(String text, Settings settings) {
        return parse(text, ParseContext.of(settings));
    }

    /// One statement with parameters.
    ///
    /// @throws EngineException UNBOUND_SQL_PARAMETER and the like besides
    public static Statement parse(String text, ParseContext context) {
        if (SqlText.statements(text).isEmpty()) {
            throw new EngineException(
                    ErrorCode.PARSE_EMPTY_STATEMENT, Map.of(), new SourceRange(0, text.length()));
        }
        SourceText written = new SourceText(text, context);
        String named = new IdentifierClauses(text, written).replaced();
        return read(
                named.equals(text) ? written : written.over(named),
                named,
                SqlGrammar::singleStatement,
                (source, tree) -> new StatementBuilder(source).statement(tree.statement()));
    }

    /// Whether `text` is one literal: a number, a string, `DATE'…'` and so on.
    public static boolean isLiteral(String text) {
        try {
            return parseExpression(text, new PlanContext()) instanceof Expr.Literal;
        } catch (EngineException e) {
            return false;
        }
    }

    /// Which forms of parameters a text has.
    public record ParameterForms(boolean named, boolean positional) {}

    /// Which forms of parameters `text` has, as far as its words tell.
    public static ParameterForms parameterForms(String text) {
        boolean named = false;
        boolean positional = false;
        for (Token token : SqlLexing.raw(text)) {
            named |= token.getType() == SqlTokens.COLON;
            positional |= token.getType() == SqlTokens.QUESTION;
        }
        return new ParameterForms(named, positional);
    }

    /// One expression, as filters and derived columns of a pipeline hold them.
    public static Expr parseExpression(String text, PlanContext context) {
        return read(
                text,
                SqlGrammar::singleExpression,
                (source, tree) ->
                        new QueryBuilder(source, context).exprs().expression(tree.expression()));
    }

    /// An expression that is a part of another text.
    static Expr parseExpression(String text, SourceText source, PlanContext context) {
        return read(
                source,
                text,
                SqlGrammar::singleExpression,
                (read, tree) ->
                        new QueryBuilder(read, context).exprs().expression(tree.expression()));
    }

    /// A name of one part or several, ``a.`b c` ``.
    public static List<String> parseName(String text) {
        return read(
                text,
                SqlGrammar::singleName,
                (source, tree) -> PrimaryBuilder.names(tree.multipart().identifier()));
    }

    /// A select list, `a, b + 1 AS c, *`.
    public static List<Expr> parseNamedExpressions(String text, PlanContext context) {
        return read(
                text,
                SqlGrammar::singleNamedExpressions,
                (source, tree) -> {
                    ExprBuilder exprs = new QueryBuilder(source, context).exprs();
                    return tree.namedExpression().stream().map(exprs::named).toList();
                });
    }

    /// A data type, `array<decimal(10,2)>`.
    public static DataType parseType(String text) {
        return read(
                text,
                SqlGrammar::singleType,
                (source, tree) -> new TypeBuilder(source).type(tree.dataType()));
    }

    /// Columns with types, `a INT, b STRING NOT NULL`.
    public static Schema parseSchema(String text) {
        return read(
                text,
                SqlGrammar::singleSchema,
                (source, tree) -> new TypeBuilder(source).schema(tree.field()));
    }

    /// What `use` makes of one statement's tree and all its tokens, blanks and comments among them.
    ///
    /// @throws EngineException PARSE_SYNTAX_ERROR and the like
    static <T> T readStatement(
            String text, BiFunction<SqlGrammar.SingleStatementContext, CommonTokenStream, T> use) {
        return DeepStack.call(() -> {
            CommonTokenStream tokens = tokens(text);
            SqlGrammar.SingleStatementContext tree =
                    tree(tokens, new SourceText(text), SqlGrammar::singleStatement);
            tokens.fill();
            return use.apply(tree, tokens);
        });
    }

    private interface Build<C, T> {
        T apply(SourceText source, C tree);
    }

    private static <C extends ParserRuleContext, T> T read(
            String text, Function<SqlGrammar, C> rule, Build<C, T> build) {
        return read(new SourceText(text), text, rule, build);
    }

    private static <C extends ParserRuleContext, T> T read(
            SourceText source, String text, Function<SqlGrammar, C> rule, Build<C, T> build) {
        return DeepStack.call(() -> build.apply(source, tree(tokens(text), source, rule)));
    }

    private static CommonTokenStream tokens(String text) {
        SqlTokens lexer = new SqlTokens(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        return new CommonTokenStream(lexer);
    }

    /// The fast prediction first, which is right for nearly all texts; the full one where that
    /// fails.
    private static <C extends ParserRuleContext> C tree(
            CommonTokenStream tokens, SourceText source, Function<SqlGrammar, C> rule) {
        SqlGrammar parser = new SqlGrammar(tokens);
        C tree = tree(parser, tokens, source, rule);
        refuseOpenComment(tokens, source);
        return tree;
    }

    private static void refuseOpenComment(CommonTokenStream tokens, SourceText source) {
        tokens.fill();
        if (((SqlTokens) tokens.getTokenSource()).hasOpenComment()) {
            Token comment = tokens.get(tokens.size() - 2);
            throw new EngineException(
                    ErrorCode.UNCLOSED_BRACKETED_COMMENT, Map.of(), source.range(comment));
        }
    }

    private static <C extends ParserRuleContext> C tree(
            SqlGrammar parser,
            CommonTokenStream tokens,
            SourceText source,
            Function<SqlGrammar, C> rule) {
        parser.removeErrorListeners();
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new BailErrorStrategy());
        try {
            return rule.apply(parser);
        } catch (ParseCancellationException e) {
            tokens.seek(0);
            parser.reset();
            parser.addErrorListener(new FirstError(source));
            parser.setErrorHandler(new DefaultErrorStrategy());
            parser.getInterpreter().setPredictionMode(PredictionMode.LL);
            // What an open comment hides is likelier missing than wrong.
            refuseOpenComment(tokens, source);
            return rule.apply(parser);
        } finally {
            LearntGrammar.trim(parser);
        }
    }

    /// Turns the first syntax error into an exception.
    private static final class FirstError extends BaseErrorListener {
        private final SourceText source;

        FirstError(SourceText source) {
            this.source = source;
        }

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                @Nullable Object offending,
                int line,
                int column,
                String message,
                @Nullable RecognitionException e) {
            Token token = (Token) offending;
            SourceRange where = token == null ? new SourceRange(0, 0) : source.range(token);
            throw new EngineException(
                    ErrorCode.PARSE_SYNTAX_ERROR, Map.of("error", describe(token)), where);
        }

        private static String describe(@Nullable Token token) {
            if (token == null || token.getType() == Token.EOF) {
                return "end of input";
            }
            return switch (token.getType()) {
                case SqlTokens.UNCLOSED_STRING, SqlTokens.UNCLOSED_QUOTED ->
                        "a string that does not end";
                case SqlTokens.UNCLOSED_IDENTIFIER -> "a quoted name that does not end";
                default -> "'" + token.getText() + "'";
            };
        }
    }
}
