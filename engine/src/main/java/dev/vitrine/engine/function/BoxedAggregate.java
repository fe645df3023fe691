package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.AggregateFunction;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.NativeAggregate;
import dev.vitrine.engine.types.DataType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An aggregate function put together from its parts. Compared by identity, there being one object
/// a function, or by name and constants where a call's constants are part of it.
final class BoxedAggregate implements AggregateFunction {
    private final String name;
    private final Function<CallSite, List<DataType>> stateTypes;
    private final Function<CallSite, Accumulator> accumulator;
    private NativeAggregate nativeForm = NativeAggregate.NONE;
    private Predicate<CallSite> nativeFor = site -> true;
    private boolean nullable = true;
    private boolean ignoresDuplicates;
    private Optional<Object> constants = Optional.empty();

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

    /// The constants of the call that this object is for: with equal ones it is the same function.
    BoxedAggregate with(Object values) {
        constants = Optional.of(values);
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || constants.isPresent()
                        && other instanceof BoxedAggregate a
                        && a.name.equals(name)
                        && a.constants.equals(constants);
    }

    @Override
    public int hashCode() {
        return constants.isPresent()
                ? 31 * name.hashCode() + constants.hashCode()
                : name.hashCode();
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
