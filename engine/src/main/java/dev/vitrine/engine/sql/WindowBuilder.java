package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads OVER clauses and the windows that a WINDOW clause names.
final class WindowBuilder {
    private final SourceText source;
    private final ExprBuilder exprs;

    /// The named windows of the select lists around, the innermost first.
    private final Deque<Map<String, SqlGrammar.NamedWindowContext>> named = new ArrayDeque<>();

    WindowBuilder(SourceText source, ExprBuilder exprs) {
        this.source = source;
        this.exprs = exprs;
    }

    /// Reads a select list in which these windows can be named.
    <T> T within(List<SqlGrammar.NamedWindowContext> windows, Supplier<T> list) {
        Map<String, SqlGrammar.NamedWindowContext> scope = new HashMap<>();
        windows.forEach(w -> scope.put(key(w.identifier(0)), w));
        named.push(scope);
        try {
            return list.get();
        } finally {
            named.pop();
        }
    }

    private static String key(SqlGrammar.IdentifierContext name) {
        return Quoting.identifier(name.getText()).toLowerCase(Locale.ROOT);
    }

    Expr over(Expr call, SqlGrammar.IdentifierContext name) {
        SqlGrammar.NamedWindowContext found = named.isEmpty() ? null : named.peek().get(key(name));
        if (found == null) {
            throw new EngineException(
                    ErrorCode.MISSING_WINDOW_SPECIFICATION,
                    Map.of("windowName", "`" + Quoting.identifier(name.getText()) + "`"),
                    source.range(name));
        }
        return found.windowSpec() != null
                ? over(call, found.windowSpec())
                : over(call, found.identifier(1));
    }

    Expr over(Expr call, SqlGrammar.WindowSpecContext spec) {
        if (spec.identifier() != null) {
            return over(call, spec.identifier());
        }
        return new Expr.WindowCall(
                call,
                exprs.expressions(spec.partition),
                spec.sortItem().stream().map(exprs::sortKey).toList(),
                Optional.ofNullable(spec.windowFrame()).map(this::frame));
    }

    private Expr.Frame frame(SqlGrammar.WindowFrameContext node) {
        Expr.Bound lower = bound(node.frameBound(0));
        Expr.Bound upper =
                node.frameBound().size() > 1
                        ? bound(node.frameBound(1))
                        : Expr.Bound.of(Expr.BoundKind.CURRENT);
        return new Expr.Frame(node.ROWS() != null, lower, upper);
    }

    private Expr.Bound bound(SqlGrammar.FrameBoundContext node) {
        if (node.CURRENT() != null) {
            return Expr.Bound.of(Expr.BoundKind.CURRENT);
        }
        boolean preceding = node.PRECEDING() != null;
        SqlGrammar.@Nullable ExpressionContext distance = node.expression();
        return distance == null
                ? Expr.Bound.of(preceding ? Expr.BoundKind.FIRST : Expr.BoundKind.LAST)
                : new Expr.Bound(
                        preceding ? Expr.BoundKind.PRECEDING : Expr.BoundKind.FOLLOWING,
                        Optional.of(exprs.expression(distance)));
    }
}
