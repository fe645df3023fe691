package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.BoundKind;
import dev.vitrine.engine.expr.PositionFunction;
import dev.vitrine.engine.expr.SortDirection;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.function.ExprEvaluator;
import dev.vitrine.engine.function.FunctionKind;
import dev.vitrine.engine.function.WindowFunctions;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Resolves a call with OVER: its function, keys and frame, which is always said afterwards.
final class WindowCalls {
    /// Aggregates whose values have an order of their own.
    private static final Set<String> WITHIN_GROUP =
            Set.of("percentile_cont", "percentile_disc", "median", "listagg", "string_agg");

    private final Analyzer analyzer;
    private final ExprResolver resolver;

    WindowCalls(Analyzer analyzer, ExprResolver resolver) {
        this.analyzer = analyzer;
        this.resolver = resolver;
    }

    Expr resolve(Expr.WindowCall written) {
        if (!(written.function() instanceof Expr.UnresolvedFunction f)) {
            throw error(ErrorCode.UNSUPPORTED_EXPR_FOR_WINDOW, "sqlExpr", written, null);
        }
        Optional<FunctionKind> kind =
                analyzer.functions().find(f.name()).map(entry -> entry.kind());
        boolean aggregate = kind.equals(Optional.of(FunctionKind.AGGREGATE));
        boolean fits = aggregate || kind.isEmpty() || kind.equals(Optional.of(FunctionKind.WINDOW));
        if (!fits) {
            throw error(ErrorCode.UNSUPPORTED_EXPR_FOR_WINDOW, "sqlExpr", f, f.where());
        }
        boolean withinGroup = f.args().stream().anyMatch(Expr.SortKey.class::isInstance);
        if (f.distinct() && withinGroup && WITHIN_GROUP.contains(f.name())) {
            throw new EngineException(
                    ErrorCode.INVALID_WITHIN_GROUP_EXPRESSION__DISTINCT_UNSUPPORTED,
                    Map.of("functionName", "`" + f.name() + "`"),
                    f.where());
        }
        if (f.distinct()) {
            throw error(
                    ErrorCode.DISTINCT_WINDOW_FUNCTION_UNSUPPORTED,
                    "windowExpr",
                    written,
                    f.where());
        }
        if (aggregate && f.filter().isPresent()) {
            throw error(ErrorCode._LEGACY_ERROR_TEMP_1030, "windowExpr", written, f.where());
        }
        boolean shaped = !written.orderBy().isEmpty() || written.frame().isPresent();
        boolean ownOrder = f.name().equals("median") || withinGroup;
        if (shaped && ownOrder && WITHIN_GROUP.contains(f.name())) {
            throw error(
                    ErrorCode.INVALID_WINDOW_SPEC_FOR_AGGREGATION_FUNC, "aggFunc", f, f.where());
        }
        Expr function = resolver.windowFunction(f, aggregate);
        if (function instanceof Expr.AggregateCall call) {
            function = WindowFunctions.picking(call).orElse(function);
        } else if (function instanceof Expr.PositionCall(var place, var args, var i, var type)
                && f.ignoreNulls()) {
            function = new Expr.PositionCall(place, args, true, type);
        }
        List<Expr> partition = resolver.resolveAll(written.partitionBy());
        List<Expr.SortKey> order = new ArrayList<>();
        written.orderBy().forEach(key -> order.add((Expr.SortKey) resolver.resolve(key)));
        Expr.Frame frame =
                written.frame()
                        .map(given -> new Frames(written, order).resolve(given))
                        .orElse(order.isEmpty() ? Expr.Frame.WHOLE : Expr.Frame.TO_PEERS);
        if (function instanceof Expr.PositionCall position && !position.function().usesFrame()) {
            frame = place(position.function(), written, order);
        }
        Expr.WindowCall call = new Expr.WindowCall(function, partition, order, Optional.of(frame));
        if (call.children().stream().anyMatch(c -> c.any(Expr.WindowCall.class::isInstance))) {
            throw error(ErrorCode.UNSUPPORTED_EXPR_FOR_WINDOW, "sqlExpr", written, f.where());
        }
        return call;
    }

    /// The frame of a function that looks at the partition only.
    private Expr.Frame place(
            PositionFunction function, Expr.WindowCall written, List<Expr.SortKey> order) {
        boolean other =
                written.frame().isPresent() && !written.frame().get().equals(Expr.Frame.TO_ROW);
        if (other) {
            throw error(ErrorCode.WINDOW_FUNCTION_AND_FRAME_MISMATCH, "wf", written, null);
        }
        if (order.isEmpty()) {
            throw new EngineException(
                    ErrorCode._LEGACY_ERROR_TEMP_1037,
                    Map.of("wf", function.functionName() + "()"),
                    analyzer.range(written).orElse(null));
        }
        return Expr.Frame.TO_ROW;
    }

    private EngineException error(
            ErrorCode code, String name, Expr written, @Nullable SourceRange where) {
        return new EngineException(
                code,
                Map.of(name, "\"" + OutputNames.of(written) + "\""),
                where != null ? where : analyzer.range(written).orElse(null));
    }

    /// The frame of one call.
    private final class Frames {
        private final Expr.WindowCall written;
        private final List<Expr.SortKey> order;

        private Frames(Expr.WindowCall written, List<Expr.SortKey> order) {
            this.written = written;
            this.order = order;
        }

        Expr.Frame resolve(Expr.Frame frame) {
            boolean backwards =
                    frame.lower().kind().compareTo(frame.upper().kind()) > 0
                            || frame.lower().kind() == BoundKind.LAST
                            || frame.upper().kind() == BoundKind.FIRST;
            if (backwards) {
                throw bounds(
                        ErrorCode.DATATYPE_MISMATCH__SPECIFIED_WINDOW_FRAME_INVALID_BOUND, frame);
            }
            boolean distances =
                    frame.lower().offset().isPresent() || frame.upper().offset().isPresent();
            if (!frame.rows()) {
                boolean whole =
                        frame.lower().kind() == BoundKind.FIRST
                                && frame.upper().kind() == BoundKind.LAST;
                if (order.isEmpty() && !whole) {
                    throw bounds(ErrorCode.DATATYPE_MISMATCH__RANGE_FRAME_WITHOUT_ORDER, frame);
                }
                if (distances && order.size() > 1) {
                    throw bounds(ErrorCode.DATATYPE_MISMATCH__RANGE_FRAME_MULTI_ORDER, frame);
                }
            }
            Expr.Frame resolved =
                    new Expr.Frame(
                            frame.rows(), bound(frame, frame.lower()), bound(frame, frame.upper()));
            if (frame.rows()
                    && frame.lower().kind() == frame.upper().kind()
                    && resolved.lower().offset().isPresent()) {
                boolean preceding = frame.lower().kind() == BoundKind.PRECEDING;
                long lower = rows(resolved.lower());
                long upper = rows(resolved.upper());
                if (preceding ? lower < upper : lower > upper) {
                    throw bounds(
                            ErrorCode.DATATYPE_MISMATCH__SPECIFIED_WINDOW_FRAME_INVALID_BOUND,
                            frame);
                }
            }
            return resolved;
        }

        private static long rows(Expr.Bound bound) {
            return bound.offset().orElseThrow() instanceof Expr.Literal(Number n, var type)
                    ? n.longValue()
                    : 0;
        }

        private EngineException bounds(ErrorCode code, Expr.Frame frame) {
            return new EngineException(
                    code,
                    Map.of(
                            "sqlExpr", "\"" + OutputNames.of(written) + "\"",
                            "lower", "\"" + frame.lower().kind() + "\"",
                            "upper", "\"" + frame.upper().kind() + "\"",
                            "orderSpec", order.stream().map(Expr::sql).toList()),
                    analyzer.range(written).orElse(null));
        }

        private Expr.Bound bound(Expr.Frame frame, Expr.Bound bound) {
            if (bound.offset().isEmpty()) {
                return bound;
            }
            Expr distance = resolver.resolve(bound.offset().get());
            if (!distance.foldable()) {
                throw new EngineException(
                        ErrorCode.DATATYPE_MISMATCH__SPECIFIED_WINDOW_FRAME_WITHOUT_FOLDABLE,
                        Map.of("expectedFoldable", "\"" + distance.sql() + "\""),
                        analyzer.range(written).orElse(null));
            }
            return new Expr.Bound(
                    bound.kind(),
                    Optional.of(frame.rows() ? rowCount(distance) : keyValue(bound, distance)));
        }

        private Expr rowCount(Expr distance) {
            if (!distance.type().isIntegral() || distance.type() == DataType.BIGINT) {
                throw new EngineException(
                        ErrorCode.DATATYPE_MISMATCH__SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE,
                        Map.of(
                                "exprType",
                                "\"" + distance.type().sql() + "\"",
                                "expectedType",
                                "\"INT\""),
                        analyzer.range(written).orElse(null));
            }
            Object value = ExprEvaluator.constant(distance, analyzer.zone());
            return Expr.Literal.of(value instanceof Number n ? n.longValue() : 0L);
        }

        /// The sort key's value at the frame's end.
        private Expr keyValue(Expr.Bound bound, Expr distance) {
            Expr.SortKey key = order.getFirst();
            boolean up =
                    (bound.kind() == BoundKind.FOLLOWING)
                            == (key.direction() == SortDirection.ASCENDING);
            DataType type = key.input().type();
            boolean numbers = type.isNumeric() && distance.type().isNumeric();
            boolean fits =
                    numbers
                            ? CommonTypes.of(type, distance.type()).equals(Optional.of(type))
                                    || type instanceof DataType.Decimal
                                    || type.isFractional()
                            : CommonTypes.addable(type, distance.type());
            if (!fits) {
                throw new EngineException(
                        ErrorCode.DATATYPE_MISMATCH__RANGE_FRAME_INVALID_TYPE,
                        Map.of(
                                "orderSpecType", "\"" + type.sql() + "\"",
                                "valueBoundaryType", "\"" + distance.type().sql() + "\""),
                        analyzer.range(written).orElse(null));
            }
            Expr step =
                    numbers && !(type instanceof DataType.Decimal)
                            ? CommonTypes.cast(distance, type, analyzer.mode())
                            : distance;
            Expr value =
                    resolver.operator(
                            up ? "+" : "-",
                            List.of(key.input(), step),
                            analyzer.range(written).orElse(null));
            return type instanceof DataType.Decimal
                    ? value
                    : CommonTypes.cast(value, type, analyzer.mode());
        }
    }
}
