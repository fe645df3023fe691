package dev.vitrine.engine.physical;

import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.physical.PhysicalPlan.AggregateItem;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Takes a logical aggregate apart: expressions that its input computes, groups and calls over
/// attributes only, and outputs over their results. Equal calls are computed once.
final class AggregateSplitter {
    private final LogicalPlan.Aggregate aggregate;
    private final PlanContext context;
    private final Function<Expr.AggregateCall, CallSite> site;
    private final List<Expr> inputs = new ArrayList<>();
    private final List<Expr> inputExprs = new ArrayList<>();
    private final List<Attribute> inputAttributes = new ArrayList<>();
    private final List<Attribute> groups = new ArrayList<>();
    private final List<Expr.AggregateCall> calls = new ArrayList<>();
    private final List<AggregateItem> items = new ArrayList<>();
    private boolean needsProject;

    AggregateSplitter(
            LogicalPlan.Aggregate aggregate,
            PlanContext context,
            Function<Expr.AggregateCall, CallSite> site) {
        this.aggregate = aggregate;
        this.context = context;
        this.site = site;
    }

    AggregateParts split() {
        for (Expr grouping : aggregate.groupings()) {
            groups.add(input(grouping));
        }
        List<Expr> outputs = new ArrayList<>();
        for (Expr output : aggregate.outputs()) {
            outputs.add(named(output));
        }
        boolean distinct = items.stream().anyMatch(item -> item.call().distinct());
        return new AggregateParts(inputs, needsProject, groups, items, outputs, distinct);
    }

    private Expr named(Expr output) {
        return switch (output) {
            case Expr.Alias(var expr, var name, var id) -> new Expr.Alias(result(expr), name, id);
            case Attribute attribute -> {
                Expr result = result(attribute);
                yield result instanceof Attribute same && same.id() == attribute.id()
                        ? same
                        : new Expr.Alias(result, attribute.name(), attribute.id());
            }
            default -> result(output);
        };
    }

    /// `expr` over groups and results instead of over rows.
    private Expr result(Expr expr) {
        for (int i = 0; i < groups.size(); i++) {
            if (expr.equals(aggregate.groupings().get(i))
                    || same(expr, aggregate.groupings().get(i))) {
                return groups.get(i);
            }
        }
        if (expr instanceof Expr.AggregateCall call) {
            return item(call).result();
        }
        return expr.mapChildren(this::result);
    }

    private static boolean same(Expr a, Expr b) {
        return a instanceof Attribute x && b instanceof Attribute y && x.id() == y.id();
    }

    private AggregateItem item(Expr.AggregateCall call) {
        int known = calls.indexOf(call);
        if (known >= 0) {
            return items.get(known);
        }
        List<Expr> args = new ArrayList<>();
        for (Expr arg : call.args()) {
            args.add(arg instanceof Expr.Literal ? arg : input(filtered(arg, call.filter())));
        }
        Optional<Expr> filter = call.filter().map(this::input);
        Expr.AggregateCall bound =
                new Expr.AggregateCall(
                        call.function(),
                        args,
                        call.distinct() && !call.function().ignoresDuplicates(),
                        filter,
                        call.type(),
                        call.mode());
        List<Attribute> states = new ArrayList<>();
        for (DataType type : call.function().stateTypes(site.apply(bound))) {
            states.add(
                    new Attribute(
                            context.newAttributeId(),
                            call.function().name() + "_" + (states.size() + 1),
                            type,
                            true));
        }
        Attribute result =
                new Attribute(
                        context.newAttributeId(),
                        call.sql(),
                        call.type(),
                        call.function().nullable());
        AggregateItem item = new AggregateItem(bound, states, result);
        calls.add(call);
        items.add(item);
        return item;
    }

    /// An argument that could fail on rows that the aggregate's filter leaves out is not computed
    /// for them.
    private static Expr filtered(Expr arg, Optional<Expr> filter) {
        if (filter.isEmpty() || !arg.canFail() || !filter.get().deterministic()) {
            return arg;
        }
        return new Expr.Case(
                List.of(new Expr.Case.Branch(filter.get(), arg)),
                Expr.Literal.nullOf(arg.type()),
                arg.type());
    }

    /// The attribute of the aggregate's input that holds `expr`.
    private Attribute input(Expr expr) {
        int known = inputExprs.indexOf(expr);
        if (known >= 0) {
            return inputAttributes.get(known);
        }
        Attribute attribute;
        if (expr instanceof Attribute plain) {
            attribute = plain;
            inputs.add(plain);
        } else {
            Expr.Alias alias = new Expr.Alias(expr, expr.sql(), context.newAttributeId());
            attribute = alias.toAttribute();
            inputs.add(alias);
            needsProject = true;
        }
        inputExprs.add(expr);
        inputAttributes.add(attribute);
        return attribute;
    }
}
