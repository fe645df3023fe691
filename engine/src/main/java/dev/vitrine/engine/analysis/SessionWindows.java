package dev.vitrine.engine.analysis;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.Expr.BoundKind;
import dev.vitrine.engine.expr.SortDirection;
import dev.vitrine.engine.function.TimeWindowFunctions;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sessions of rows: each row has a span from its time to its time and a gap, and rows of one group
/// whose spans meet, ends included, share the span that covers them all.
///
/// Each row's own span is a column below the grouping; [#merged] finds what it belongs to by
/// windows over the group's rows in the order of their starts. A session begins where no earlier
/// span reaches.
final class SessionWindows {
    private static final Expr.Frame BEFORE =
            new Expr.Frame(
                    true,
                    Expr.Bound.of(BoundKind.FIRST),
                    new Expr.Bound(BoundKind.PRECEDING, Optional.of(Expr.Literal.of(1L))));

    private final Analyzer analyzer;
    private final LogicalPlan written;

    /// @param written the select list whose grouping asks for sessions
    SessionWindows(Analyzer analyzer, LogicalPlan written) {
        this.analyzer = analyzer;
        this.written = written;
    }

    /// `input` with the span of each row added; rows without a time, or whose gap is NULL or not
    /// above zero, are left out.
    ///
    /// @param args the time and the gap, resolved
    LogicalPlan spans(LogicalPlan input, List<Expr> args) {
        List<Expr> timeAndGap =
                TimeWindowFunctions.session(
                        analyzer.call(TimeWindowFunctions.SESSION_WINDOW, args));
        Expr.Alias start = alias(timeAndGap.getFirst(), "start");
        Expr.Alias end =
                alias(analyzer.functions().operator("+", analyzer.call("+", timeAndGap)), "end");
        LogicalPlan times = project(input, input.output(), List.of(start, end));
        Expr forward =
                new Expr.Comparison(Expr.ComparisonOp.GT, end.toAttribute(), start.toAttribute());
        LogicalPlan kept = analyzer.made(new LogicalPlan.Filter(times, forward), written);
        return project(
                kept,
                input.output(),
                List.of(
                        alias(
                                struct(start.toAttribute(), end.toAttribute()),
                                TimeWindowFunctions.SESSION_WINDOW)));
    }

    /// `input` with the session of each row instead of its own span; the session is the last
    /// column.
    ///
    /// @param keys what else is grouped by
    LogicalPlan merged(LogicalPlan input, Attribute span, List<Attribute> keys) {
        List<Attribute> others =
                input.output().stream().filter(column -> column.id() != span.id()).toList();
        Expr.Alias start = alias(new Expr.GetField(span, 0, "start", time(span, 0)), "start");
        Expr.Alias end = alias(new Expr.GetField(span, 1, "end", time(span, 1)), "end");
        Attribute from = start.toAttribute();
        Attribute to = end.toAttribute();
        LogicalPlan spans = project(input, others, List.of(start, end));

        Expr.Alias before = alias(greatest(to, keys, List.of(ascending(from)), BEFORE), "before");
        LogicalPlan known = window(spans, before);
        Expr reached = new Expr.Comparison(Expr.ComparisonOp.LE, from, before.toAttribute());
        Expr.Alias first =
                alias(
                        new Expr.Case(
                                List.of(
                                        new Expr.Case.Branch(
                                                reached, new Expr.Literal(null, from.type()))),
                                from,
                                from.type()),
                        "first");
        LogicalPlan firsts = project(known, known.output(), List.of(first));

        // Peers count: which of several rows of one time began the session is nobody's business.
        Expr.Alias session =
                alias(
                        greatest(
                                first.toAttribute(),
                                keys,
                                List.of(ascending(from)),
                                Expr.Frame.TO_PEERS),
                        "session");
        LogicalPlan begun = window(firsts, session);
        List<Attribute> wholeKeys = new ArrayList<>(keys);
        wholeKeys.add(session.toAttribute());
        Expr.Alias last = alias(greatest(to, wholeKeys, List.of(), Expr.Frame.WHOLE), "last");
        LogicalPlan ended = window(begun, last);
        return project(
                ended,
                others,
                List.of(alias(struct(session.toAttribute(), last.toAttribute()), span.name())));
    }

    private static DataType time(Attribute span, int ordinal) {
        return ((DataType.Struct) span.type()).fields().get(ordinal).type();
    }

    private static Expr.SortKey ascending(Attribute column) {
        return new Expr.SortKey(column, SortDirection.ASCENDING, true);
    }

    private Expr greatest(
            Attribute of, List<Attribute> keys, List<Expr.SortKey> order, Expr.Frame frame) {
        Expr max = analyzer.functions().resolve("max", analyzer.call("max", List.of(of)));
        return new Expr.WindowCall(max, List.copyOf(keys), order, Optional.of(frame));
    }

    private Expr struct(Attribute start, Attribute end) {
        String name = "named_struct";
        List<Expr> args = List.of(Expr.Literal.of("start"), start, Expr.Literal.of("end"), end);
        return analyzer.functions().resolve(name, analyzer.call(name, args));
    }

    private Expr.Alias alias(Expr expr, String name) {
        return new Expr.Alias(expr, name, analyzer.context().newAttributeId());
    }

    private LogicalPlan window(LogicalPlan input, Expr.Alias call) {
        return analyzer.made(new LogicalPlan.Window(input, List.of(call)), written);
    }

    private LogicalPlan project(LogicalPlan input, List<Attribute> columns, List<Expr> added) {
        List<Expr> all = new ArrayList<>(columns);
        all.addAll(added);
        return analyzer.made(new LogicalPlan.Project(input, all), written);
    }
}
