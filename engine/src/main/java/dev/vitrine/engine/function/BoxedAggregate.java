package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.AggregateFunction;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.NativeAggregate;
import dev.vitrine.engine.types.DataType;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// An aggregate function put together from its parts. Compared by identity: there is one object a
/// function.
final class BoxedAggregate implements AggregateFunction {
    private final String name;
    private final Function<CallSite, List<DataType>> stateTypes;
    private final Function<CallSite, Accumulator> accumulator;
    private NativeAggregate nativeForm = NativeAggregate.NONE;
    private Predicate<CallSite> nativeFor = site -> true;
    private boolean nullable = true;
    private boolean ignoresDuplicates;

    BoxedAggregate(
            String name,
            Function<CallSite, List<DataType>> stateTypes,
            Function<CallSite, Accumulator> accumulator) {
        this.name = name;
        this.stateTypes = stateTypes;
        this.accumulator = accumulator;
    }

    BoxedAggregate compiledAs(NativeAggregate form, Predicate<CallSite> where) {
        nativeForm = form;
        nativeFor = where;
        return this;
    }

    BoxedAggregate neverNull() {
        nullable = false;
        return this;
    }

    BoxedAggregate idempotent() {
        ignoresDuplicates = true;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<DataType> stateTypes(CallSite site) {
        return stateTypes.apply(site);
    }

    @Override
    public Accumulator accumulator(CallSite site) {
        return accumulator.apply(site);
    }

    @Override
    public NativeAggregate nativeForm(CallSite site) {
        return nativeFor.test(site) ? nativeForm : NativeAggregate.NONE;
    }

    @Override
    public boolean nullable() {
        return nullable;
    }

    @Override
    public boolean ignoresDuplicates() {
        return ignoresDuplicates;
    }

    @Override
    public String toString() {
        return name;
    }
}
