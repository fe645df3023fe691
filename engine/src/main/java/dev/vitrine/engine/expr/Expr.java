package dev.vitrine.engine.expr;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// An expression: a value computed from a row, a group or a frame.
///
/// Immutable. The `Unresolved…` records come from parsers and APIs and are gone after analysis;
/// only then may [#type] and [#nullable] be asked.
public sealed interface Expr {

    /// A constant; `value` boxed as [DataType] says, null for NULL.
    record Literal(@Nullable Object value, DataType type) implements Expr {
        public static final Literal TRUE = new Literal(true, DataType.BOOLEAN);
        public static final Literal FALSE = new Literal(false, DataType.BOOLEAN);

        public static Literal of(boolean value) {
            return value ? TRUE : FALSE;
        }

        public static Literal of(int value) {
            return new Literal(value, DataType.INT);
        }

        public static Literal of(long value) {
            return new Literal(value, DataType.BIGINT);
        }

        public static Literal of(String value) {
            return new Literal(value, DataType.STRING);
        }

        public static Literal nullOf(DataType type) {
            return new Literal(null, type);
        }

        public boolean isNull() {
            return value == null;
        }
    }

    /// A column of a plan's output. `id` is unique in the query; names are for people.
    record Attribute(long id, String name, DataType type, boolean nullable, List<String> qualifier)
            implements Expr {
        public Attribute {
            qualifier = List.copyOf(qualifier);
        }

        public Attribute(long id, String name, DataType type, boolean nullable) {
            this(id, name, type, nullable, List.of());
        }

        public Attribute withNullable(boolean changed) {
            return changed == nullable ? this : new Attribute(id, name, type, changed, qualifier);
        }

        public Attribute withType(DataType changed) {
            return new Attribute(id, name, changed, nullable, qualifier);
        }

        /// The same column under another name.
        public Attribute named(String changed) {
            return new Attribute(id, changed, type, nullable, qualifier);
        }

        public Attribute withQualifier(List<String> changed) {
            return new Attribute(id, name, type, nullable, changed);
        }
    }

    /// A column of the query around a subquery.
    record OuterReference(Attribute attribute) implements Expr {}

    /// An expression with a name and an attribute id of its own.
    record Alias(Expr input, String name, long id) implements Expr {
        public Attribute toAttribute() {
            return new Attribute(id, name, input.type(), input.nullable());
        }
    }

    record Cast(Expr input, DataType type, EvalMode mode) implements Expr {}

    /// `left op right` for numbers of one type (decimals may differ in scale); intervals and dates
    /// go through functions.
    record Arithmetic(ArithmeticOp op, Expr left, Expr right, DataType type, EvalMode mode)
            implements Expr {}

    /// A comparison of two values of one type.
    record Comparison(ComparisonOp op, Expr left, Expr right) implements Expr {}

    /// Conjunction of two or more terms, evaluated left to right.
    record And(List<Expr> terms) implements Expr {
        public And {
            terms = List.copyOf(terms);
        }
    }

    /// Disjunction of two or more terms, evaluated left to right.
    record Or(List<Expr> terms) implements Expr {
        public Or {
            terms = List.copyOf(terms);
        }
    }

    record Not(Expr input) implements Expr {}

    record IsNull(Expr input) implements Expr {}

    record In(Expr value, List<Expr> options) implements Expr {
        public In {
            options = List.copyOf(options);
        }
    }

    /// `value LIKE pattern`: `%` any run, `_` any one character.
    record Like(Expr value, Expr pattern, char escape, boolean ignoreCase) implements Expr {}

    /// The `then` of the first branch whose `when` holds, else `otherwise`. Nothing else is
    /// evaluated.
    record Case(List<Branch> branches, Expr otherwise, DataType type) implements Expr {
        public Case {
            branches = List.copyOf(branches);
        }

        public record Branch(Expr when, Expr then) {}
    }

    /// The first argument that is not NULL; later ones are not evaluated.
    record Coalesce(List<Expr> args, DataType type) implements Expr {
        public Coalesce {
            args = List.copyOf(args);
        }
    }

    /// A member of a struct.
    record GetField(Expr struct, int ordinal, String name, DataType type) implements Expr {}

    record Call(ScalarFunction function, List<Expr> args, DataType type, EvalMode mode)
            implements Expr {
        public Call {
            args = List.copyOf(args);
        }
    }

    record AggregateCall(
            AggregateFunction function,
            List<Expr> args,
            boolean distinct,
            Optional<Expr> filter,
            DataType type,
            EvalMode mode)
            implements Expr {
        public AggregateCall {
            args = List.copyOf(args);
        }
    }

    /// A function over the rows around each row: an [AggregateCall] or a [PositionCall] after
    /// analysis.
    record WindowCall(
            Expr function, List<Expr> partitionBy, List<SortKey> orderBy, Optional<Frame> frame)
            implements Expr {
        public WindowCall {
            partitionBy = List.copyOf(partitionBy);
            orderBy = List.copyOf(orderBy);
        }
    }

    /// A function that only a window has: it depends on a row's place among the others.
    record PositionCall(
            PositionFunction function, List<Expr> args, boolean ignoreNulls, DataType type)
            implements Expr {
        public PositionCall {
            args = List.copyOf(args);
        }
    }

    /// A function that makes rows of one; only [dev.vitrine.engine.logical] Generate nodes hold it
    /// after analysis.
    ///
    /// @param fields the columns that it gives
    record GeneratorCall(GeneratorFunction function, List<Expr> args, List<Field> fields)
            implements Expr {
        public GeneratorCall {
            args = List.copyOf(args);
            fields = List.copyOf(fields);
        }

        @Override
        public DataType type() {
            return fields.size() == 1 ? fields.getFirst().type() : new DataType.Struct(fields);
        }
    }

    /// Names for the columns of a generator: `explode(m) AS (k, v)`.
    record MultiAlias(Expr input, List<String> names) implements Expr {
        public MultiAlias {
            names = List.copyOf(names);
        }
    }

    /// Which rows of a partition a function sees.
    ///
    /// @param rows whether bounds count rows; else they are distances of the sort key
    record Frame(boolean rows, Bound lower, Bound upper) {
        public static final Frame WHOLE =
                new Frame(true, Bound.of(BoundKind.FIRST), Bound.of(BoundKind.LAST));
        public static final Frame TO_PEERS =
                new Frame(false, Bound.of(BoundKind.FIRST), Bound.of(BoundKind.CURRENT));
        public static final Frame TO_ROW =
                new Frame(true, Bound.of(BoundKind.FIRST), Bound.of(BoundKind.CURRENT));

        public String sql() {
            return (rows ? "ROWS" : "RANGE") + " BETWEEN " + lower.sql() + " AND " + upper.sql();
        }
    }

    /// One end of a frame.
    ///
    /// @param offset of PRECEDING and FOLLOWING: for ROWS a number of rows; for RANGE, after
    ///   analysis, the value of the sort key where the frame ends
    record Bound(BoundKind kind, Optional<Expr> offset) {
        public static Bound of(BoundKind kind) {
            return new Bound(kind, Optional.empty());
        }

        String sql() {
            return switch (kind) {
                case FIRST -> "UNBOUNDED PRECEDING";
                case PRECEDING -> offset.map(Expr::sql).orElse("") + " PRECEDING";
                case CURRENT -> "CURRENT ROW";
                case FOLLOWING -> offset.map(Expr::sql).orElse("") + " FOLLOWING";
                case LAST -> "UNBOUNDED FOLLOWING";
            };
        }
    }

    /// Ends of frames, in their order.
    enum BoundKind {
        FIRST,
        PRECEDING,
        CURRENT,
        FOLLOWING,
        LAST
    }

    /// A sort key; where NULLs go is always said.
    record SortKey(Expr input, SortDirection direction, boolean nullsFirst) implements Expr {}

    /// An expression that a query gives.
    sealed interface Subquery extends Expr {
        PlanNode plan();

        /// The same of another plan.
        Subquery withPlan(PlanNode plan);
    }

    /// A subquery of one column and at most one row.
    record ScalarSubquery(PlanNode plan) implements Subquery {
        @Override
        public Subquery withPlan(PlanNode other) {
            return new ScalarSubquery(other);
        }
    }

    /// Whether the subquery has a row.
    record Exists(PlanNode plan) implements Subquery {
        @Override
        public Subquery withPlan(PlanNode other) {
            return new Exists(other);
        }
    }

    /// Whether `values` is among the subquery's rows; NULL as SQL has it.
    record InSubquery(List<Expr> values, PlanNode plan) implements Subquery {
        public InSubquery {
            values = List.copyOf(values);
        }

        @Override
        public Subquery withPlan(PlanNode other) {
            return new InSubquery(values, other);
        }
    }

    /// A name, with its qualifiers, that is yet to be looked up.
    record UnresolvedAttribute(List<String> nameParts, @Nullable SourceRange where)
            implements Expr {
        public UnresolvedAttribute {
            nameParts = List.copyOf(nameParts);
        }
    }

    /// A column of a plan that stands somewhere below, by its place among that plan's columns: what
    /// `frame.col("a")` means, whatever else is called so.
    ///
    /// @param plan the very object in the tree, found by identity
    /// @param ordinal from 0
    record InputColumn(PlanNode plan, int ordinal, String name) implements Expr {}

    /// `*` or `table.*`.
    record UnresolvedStar(List<String> qualifier, @Nullable SourceRange where) implements Expr {
        public UnresolvedStar {
            qualifier = List.copyOf(qualifier);
        }
    }

    /// A function call whose function is yet to be looked up; the keys of WITHIN GROUP stand as
    /// [SortKey]s behind the arguments.
    record UnresolvedFunction(
            String name,
            List<Expr> args,
            boolean distinct,
            boolean ignoreNulls,
            Optional<Expr> filter,
            @Nullable SourceRange where)
            implements Expr {
        public UnresolvedFunction {
            args = List.copyOf(args);
        }

        public UnresolvedFunction(
                String name,
                List<Expr> args,
                boolean distinct,
                Optional<Expr> filter,
                @Nullable SourceRange where) {
            this(name, args, distinct, false, filter, where);
        }
    }

    /// An operator such as `+` or `<` between operands whose types are yet to be brought together.
    record UnresolvedOperator(String symbol, List<Expr> args, @Nullable SourceRange where)
            implements Expr {
        public UnresolvedOperator {
            args = List.copyOf(args);
        }
    }

    /// A function written as an argument, `(x, y) -> body`, whose parameters have no types yet.
    record UnresolvedLambda(List<String> names, Expr body) implements Expr {
        public UnresolvedLambda {
            names = List.copyOf(names);
        }
    }

    /// A function as an argument: its value is a [LambdaValue]; its type is that of its body.
    record Lambda(List<LambdaVariable> variables, Expr body) implements Expr {
        public Lambda {
            variables = List.copyOf(variables);
        }
    }

    /// A parameter of the [Lambda] around. `id` is unique in the query, as that of attributes.
    record LambdaVariable(long id, String name, DataType type, boolean nullable) implements Expr {}

    /// An argument with the name of its parameter, `name => value`; gone when its function is
    /// known.
    record NamedArgument(String name, Expr value) implements Expr {}

    enum ArithmeticOp {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        INTEGRAL_DIVIDE("div"),
        REMAINDER("%");

        private final String symbol;

        ArithmeticOp(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    enum ComparisonOp {
        EQ("="),
        NOT_EQ("<>"),
        NULL_SAFE_EQ("<=>"),
        LT("<"),
        LE("<="),
        GT(">"),
        GE(">=");

        private final String symbol;

        ComparisonOp(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }

        /// The operator that says the same with its operands exchanged.
        public ComparisonOp flipped() {
            return switch (this) {
                case EQ, NOT_EQ, NULL_SAFE_EQ -> this;
                case LT -> GT;
                case LE -> GE;
                case GT -> LT;
                case GE -> LE;
            };
        }
    }

    /// The conjunction of `terms`: nested conjunctions flattened, none is TRUE, one is itself.
    static Expr and(List<Expr> terms) {
        List<Expr> flat = new ArrayList<>();
        for (Expr term : terms) {
            flat.addAll(conjuncts(term));
        }
        return flat.isEmpty() ? Literal.TRUE : flat.size() == 1 ? flat.getFirst() : new And(flat);
    }

    /// The disjunction of `terms`: nested disjunctions flattened, none is FALSE, one is itself.
    static Expr or(List<Expr> terms) {
        List<Expr> flat = new ArrayList<>();
        for (Expr term : terms) {
            if (term instanceof Or(var inner)) {
                flat.addAll(inner);
            } else {
                flat.add(term);
            }
        }
        return flat.isEmpty() ? Literal.FALSE : flat.size() == 1 ? flat.getFirst() : new Or(flat);
    }

    /// The terms of a conjunction, or the expression itself; TRUE has none.
    static List<Expr> conjuncts(Expr expr) {
        return switch (expr) {
            case And(var terms) ->
                    terms.stream().flatMap(term -> conjuncts(term).stream()).toList();
            case Literal literal when literal.equals(Literal.TRUE) -> List.of();
            default -> List.of(expr);
        };
    }

    static Expr isNotNull(Expr input) {
        return new Not(new IsNull(input));
    }

    /// Type of the value; an internal error for unresolved expressions.
    default DataType type() {
        return switch (this) {
            case Literal(var value, var type) -> type;
            case Attribute attribute -> attribute.type;
            case OuterReference(var attribute) -> attribute.type;
            case Alias(var input, var name, var id) -> input.type();
            case Cast cast -> cast.type;
            case Arithmetic arithmetic -> arithmetic.type;
            case Comparison c -> DataType.BOOLEAN;
            case And a -> DataType.BOOLEAN;
            case Or o -> DataType.BOOLEAN;
            case Not n -> DataType.BOOLEAN;
            case IsNull i -> DataType.BOOLEAN;
            case In i -> DataType.BOOLEAN;
            case Like l -> DataType.BOOLEAN;
            case Case c -> c.type;
            case Coalesce c -> c.type;
            case GetField g -> g.type;
            case Call c -> c.type;
            case AggregateCall a -> a.type;
            case WindowCall w -> w.function.type();
            case PositionCall p -> p.type;
            case GeneratorCall g -> g.type();
            case MultiAlias m -> m.input.type();
            case SortKey k -> k.input.type();
            case ScalarSubquery(var plan) -> plan.output().getFirst().type();
            case Exists e -> DataType.BOOLEAN;
            case InSubquery i -> DataType.BOOLEAN;
            case Lambda(var variables, var body) -> body.type();
            case LambdaVariable variable -> variable.type;
            case NamedArgument(var name, var value) -> value.type();
            case UnresolvedLambda u -> throw misplaced(u);
            case UnresolvedAttribute u -> throw unresolved(u);
            case InputColumn u -> throw unresolved(u);
            case UnresolvedStar u -> throw unresolved(u);
            case UnresolvedFunction u -> throw unresolved(u);
            case UnresolvedOperator u -> throw unresolved(u);
        };
    }

    /// Whether the value can be NULL; an internal error for unresolved expressions.
    default boolean nullable() {
        return switch (this) {
            case Literal literal -> literal.isNull();
            case Attribute attribute -> attribute.nullable;
            case OuterReference(var attribute) -> attribute.nullable;
            case Alias(var input, var name, var id) -> input.nullable();
            case Cast cast ->
                    cast.input.nullable()
                            || cast.mode == EvalMode.TRY
                            || (cast.mode == EvalMode.LEGACY
                                    && !cast.type.equals(cast.input.type()));
            case Arithmetic a ->
                    a.left.nullable()
                            || a.right.nullable()
                            || a.mode == EvalMode.TRY
                            || (a.mode == EvalMode.LEGACY
                                    && (a.op.ordinal() >= ArithmeticOp.DIVIDE.ordinal()
                                            || a.type instanceof DataType.Decimal));
            case Comparison(var op, var left, var right) ->
                    op != ComparisonOp.NULL_SAFE_EQ && (left.nullable() || right.nullable());
            case IsNull i -> false;
            case Case(var branches, var otherwise, var type) ->
                    otherwise.nullable() || branches.stream().anyMatch(b -> b.then.nullable());
            case Coalesce(var args, var type) -> args.stream().allMatch(Expr::nullable);
            case GetField g ->
                    g.struct.nullable()
                            || !(g.struct.type() instanceof DataType.Struct(var fields))
                            || fields.get(g.ordinal).nullable();
            case Call c -> c.function.nullable(c.args) || c.mode == EvalMode.TRY;
            case AggregateCall a -> a.function.nullable();
            case WindowCall w -> w.function.nullable();
            case PositionCall p -> p.function.nullable(p.args);
            case GeneratorCall g -> true;
            case MultiAlias m -> m.input.nullable();
            case ScalarSubquery s -> true;
            case Exists e -> false;
            case InSubquery i -> true;
            case And a -> a.terms.stream().anyMatch(Expr::nullable);
            case Or o -> o.terms.stream().anyMatch(Expr::nullable);
            case Not(var input) -> input.nullable();
            case In(var value, var options) ->
                    value.nullable() || options.stream().anyMatch(Expr::nullable);
            case Like l -> l.value.nullable() || l.pattern.nullable();
            case SortKey k -> k.input.nullable();
            case Lambda l -> false;
            case LambdaVariable variable -> variable.nullable;
            case NamedArgument(var name, var value) -> value.nullable();
            case UnresolvedLambda u -> throw misplaced(u);
            case UnresolvedAttribute u -> throw unresolved(u);
            case InputColumn u -> throw unresolved(u);
            case UnresolvedStar u -> throw unresolved(u);
            case UnresolvedFunction u -> throw unresolved(u);
            case UnresolvedOperator u -> throw unresolved(u);
        };
    }

    /// The expressions directly inside this one, in order of evaluation; a subquery's plan is not
    /// among them.
    default List<Expr> children() {
        return switch (this) {
            case Literal l -> List.of();
            case Attribute a -> List.of();
            case OuterReference o -> List.of();
            case Alias(var input, var name, var id) -> List.of(input);
            case Cast cast -> List.of(cast.input);
            case Arithmetic a -> List.of(a.left, a.right);
            case Comparison(var op, var left, var right) -> List.of(left, right);
            case And(var terms) -> terms;
            case Or(var terms) -> terms;
            case Not(var input) -> List.of(input);
            case IsNull(var input) -> List.of(input);
            case In(var value, var options) -> prepend(value, options);
            case Like l -> List.of(l.value, l.pattern);
            case Case(var branches, var otherwise, var type) -> {
                List<Expr> all = new ArrayList<>();
                branches.forEach(branch -> {
                    all.add(branch.when);
                    all.add(branch.then);
                });
                all.add(otherwise);
                yield all;
            }
            case Coalesce(var args, var type) -> args;
            case GetField g -> List.of(g.struct);
            case Call c -> c.args;
            case AggregateCall a -> append(a.args, a.filter);
            case WindowCall(var function, var partitionBy, var orderBy, var frame) -> {
                List<Expr> all = prepend(function, partitionBy);
                all.addAll(orderBy);
                frame.flatMap(f -> f.lower().offset()).ifPresent(all::add);
                frame.flatMap(f -> f.upper().offset()).ifPresent(all::add);
                yield all;
            }
            case PositionCall p -> p.args;
            case GeneratorCall g -> g.args;
            case MultiAlias m -> List.of(m.input);
            case SortKey k -> List.of(k.input);
            case ScalarSubquery s -> List.of();
            case Exists e -> List.of();
            case InSubquery(var values, var plan) -> values;
            case Lambda(var variables, var body) -> List.of(body);
            case LambdaVariable variable -> List.of();
            case NamedArgument(var name, var value) -> List.of(value);
            case UnresolvedLambda u -> List.of(u.body);
            case UnresolvedAttribute u -> List.of();
            case InputColumn u -> List.of();
            case UnresolvedStar u -> List.of();
            case UnresolvedFunction u -> append(u.args, u.filter);
            case UnresolvedOperator u -> u.args;
        };
    }

    /// This expression with each child replaced by `change`'s answer; the same object where no
    /// child changed.
    default Expr mapChildren(UnaryOperator<Expr> change) {
        return switch (this) {
            case Literal l -> this;
            case Attribute a -> this;
            case OuterReference o -> this;
            case Alias(var input, var name, var id) -> {
                Expr changed = change.apply(input);
                yield changed == input ? this : new Alias(changed, name, id);
            }
            case Cast(var input, var type, var mode) -> {
                Expr changed = change.apply(input);
                yield changed == input ? this : new Cast(changed, type, mode);
            }
            case Arithmetic(var op, var left, var right, var type, var mode) -> {
                Expr l = change.apply(left);
                Expr r = change.apply(right);
                yield l == left && r == right ? this : new Arithmetic(op, l, r, type, mode);
            }
            case Comparison(var op, var left, var right) -> {
                Expr l = change.apply(left);
                Expr r = change.apply(right);
                yield l == left && r == right ? this : new Comparison(op, l, r);
            }
            case And(var terms) -> {
                List<Expr> changed = mapAll(terms, change);
                yield changed == terms ? this : new And(changed);
            }
            case Or(var terms) -> {
                List<Expr> changed = mapAll(terms, change);
                yield changed == terms ? this : new Or(changed);
            }
            case Not(var input) -> {
                Expr changed = change.apply(input);
                yield changed == input ? this : new Not(changed);
            }
            case IsNull(var input) -> {
                Expr changed = change.apply(input);
                yield changed == input ? this : new IsNull(changed);
            }
            case In(var value, var options) -> {
                Expr v = change.apply(value);
                List<Expr> o = mapAll(options, change);
                yield v == value && o == options ? this : new In(v, o);
            }
            case Like(var value, var pattern, var escape, var ignoreCase) -> {
                Expr v = change.apply(value);
                Expr p = change.apply(pattern);
                yield v == value && p == pattern ? this : new Like(v, p, escape, ignoreCase);
            }
            case Case(var branches, var otherwise, var type) -> {
                boolean same = true;
                List<Case.Branch> changed = new ArrayList<>();
                for (Case.Branch branch : branches) {
                    Expr when = change.apply(branch.when);
                    Expr then = change.apply(branch.then);
                    same &= when == branch.when && then == branch.then;
                    changed.add(new Case.Branch(when, then));
                }
                Expr o = change.apply(otherwise);
                yield same && o == otherwise ? this : new Case(changed, o, type);
            }
            case Coalesce(var args, var type) -> {
                List<Expr> changed = mapAll(args, change);
                yield changed == args ? this : new Coalesce(changed, type);
            }
            case GetField(var struct, var ordinal, var name, var type) -> {
                Expr changed = change.apply(struct);
                yield changed == struct ? this : new GetField(changed, ordinal, name, type);
            }
            case Call(var function, var args, var type, var mode) -> {
                List<Expr> changed = mapAll(args, change);
                yield changed == args ? this : new Call(function, changed, type, mode);
            }
            case AggregateCall(
                            var function,
                            var args,
                            var distinct,
                            var filter,
                            var type,
                            var mode) -> {
                List<Expr> changed = mapAll(args, change);
                Optional<Expr> f = filter.map(change);
                yield changed == args && same(f, filter)
                        ? this
                        : new AggregateCall(function, changed, distinct, f, type, mode);
            }
            case WindowCall(var function, var partitionBy, var orderBy, var frame) -> {
                Expr f = change.apply(function);
                List<Expr> p = mapAll(partitionBy, change);
                List<SortKey> o = new ArrayList<>();
                Optional<Frame> r = frame.map(old -> mapFrame(old, change));
                boolean same = f == function && p == partitionBy && r.equals(frame);
                for (SortKey key : orderBy) {
                    SortKey changed = (SortKey) change.apply(key);
                    same &= changed == key;
                    o.add(changed);
                }
                yield same ? this : new WindowCall(f, p, o, r);
            }
            case PositionCall(var function, var args, var ignoreNulls, var type) -> {
                List<Expr> changed = mapAll(args, change);
                yield changed == args
                        ? this
                        : new PositionCall(function, changed, ignoreNulls, type);
            }
            case GeneratorCall(var function, var args, var fields) -> {
                List<Expr> changed = mapAll(args, change);
                yield changed == args ? this : new GeneratorCall(function, changed, fields);
            }
            case MultiAlias(var input, var names) -> {
                Expr changed = change.apply(input);
                yield changed == input ? this : new MultiAlias(changed, names);
            }
            case SortKey(var input, var direction, var nullsFirst) -> {
                Expr changed = change.apply(input);
                yield changed == input ? this : new SortKey(changed, direction, nullsFirst);
            }
            case ScalarSubquery s -> this;
            case Exists e -> this;
            case InSubquery(var values, var plan) -> {
                List<Expr> changed = mapAll(values, change);
                yield changed == values ? this : new InSubquery(changed, plan);
            }
            case Lambda(var variables, var body) -> {
                Expr changed = change.apply(body);
                yield changed == body ? this : new Lambda(variables, changed);
            }
            case LambdaVariable variable -> this;
            case NamedArgument(var name, var value) -> {
                Expr changed = change.apply(value);
                yield changed == value ? this : new NamedArgument(name, changed);
            }
            case UnresolvedLambda(var names, var body) -> {
                Expr changed = change.apply(body);
                yield changed == body ? this : new UnresolvedLambda(names, changed);
            }
            case UnresolvedAttribute u -> this;
            case InputColumn u -> this;
            case UnresolvedStar u -> this;
            case UnresolvedFunction u -> {
                List<Expr> changed = mapAll(u.args, change);
                Optional<Expr> f = u.filter.map(change);
                yield changed == u.args && same(f, u.filter)
                        ? this
                        : new UnresolvedFunction(
                                u.name, changed, u.distinct, u.ignoreNulls, f, u.where);
            }
            case UnresolvedOperator(var symbol, var args, var where) -> {
                List<Expr> changed = mapAll(args, change);
                yield changed == args ? this : new UnresolvedOperator(symbol, changed, where);
            }
        };
    }

    /// Applies a change to the children of what it is given and then to itself. One for a whole
    /// tree, where a lambda would be made anew at each node.
    record Upward(UnaryOperator<Expr> change) implements UnaryOperator<Expr> {
        @Override
        public Expr apply(Expr expr) {
            return change.apply(expr.mapChildren(this));
        }
    }

    /// This tree with `change` applied to every node, children first.
    default Expr transformUp(UnaryOperator<Expr> change) {
        return new Upward(change).apply(this);
    }

    /// This tree with `change` applied to every node, parents first; what it returns is gone into.
    default Expr transformDown(UnaryOperator<Expr> change) {
        return change.apply(this).mapChildren(child -> child.transformDown(change));
    }

    /// Calls `visit` on this node and all below, parents first.
    default void forEach(Consumer<Expr> visit) {
        visit.accept(this);
        children().forEach(child -> child.forEach(visit));
    }

    /// Whether `test` holds for this node or one below.
    default boolean any(Predicate<Expr> test) {
        if (test.test(this)) {
            return true;
        }
        for (Expr child : children()) {
            if (child.any(test)) {
                return true;
            }
        }
        return false;
    }

    /// Ids of the attributes this expression reads, those read by subqueries' outer references
    /// included, and of the parameters of lambdas around it.
    default Set<Long> references() {
        Set<Long> ids = new HashSet<>();
        forEach(node -> {
            if (node instanceof Attribute attribute) {
                ids.add(attribute.id);
            } else if (node instanceof LambdaVariable variable) {
                ids.add(variable.id);
            }
        });
        forEach(node -> {
            if (node instanceof Lambda lambda) {
                lambda.variables.forEach(variable -> ids.remove(variable.id));
            }
        });
        return ids;
    }

    /// Whether the same row always gives the same value.
    default boolean deterministic() {
        return !any(node -> node instanceof Call call && !call.function.deterministic());
    }

    /// Whether it has one value that is known before there are rows.
    default boolean foldable() {
        return deterministic()
                && !any(node ->
                        node instanceof Attribute
                                || node instanceof OuterReference
                                || node instanceof AggregateCall
                                || node instanceof WindowCall
                                || node instanceof PositionCall
                                || node instanceof GeneratorCall
                                || node instanceof Subquery);
    }

    /// Whether some row raises an error. What can fail is only evaluated on rows that are still
    /// selected.
    default boolean canFail() {
        return any(node ->
                switch (node) {
                    case Cast cast ->
                            Casts.fails(cast.mode, cast.input.type(), cast.type)
                                    && !Casts.neverFails(cast.input.type(), cast.type);
                    case Arithmetic a ->
                            a.mode == EvalMode.ANSI
                                    && (a.type.isIntegral()
                                            || a.type instanceof DataType.Decimal
                                            || a.op.ordinal() >= ArithmeticOp.DIVIDE.ordinal());
                    case Call c ->
                            c.function.canFail(
                                    new CallSite(
                                            c.args.stream().map(Expr::type).toList(),
                                            c.type,
                                            c.mode,
                                            java.time.ZoneOffset.UTC));
                    case ScalarSubquery s -> true;
                    default -> false;
                });
    }

    /// Spark-like SQL text, as column names, plans and errors show it.
    default String sql() {
        return ExprText.of(this);
    }

    private static EngineException misplaced(UnresolvedLambda lambda) {
        return new EngineException(
                ErrorCode.INVALID_LAMBDA_FUNCTION_CALL__NON_HIGHER_ORDER_FUNCTION,
                Map.of("class", "The place of \"" + lambda.sql() + "\""));
    }

    private static EngineException unresolved(Expr expr) {
        return EngineException.internal("the unresolved " + expr.sql() + " was asked for its type");
    }

    private static Frame mapFrame(Frame frame, UnaryOperator<Expr> change) {
        Bound lower = new Bound(frame.lower.kind, frame.lower.offset.map(change));
        Bound upper = new Bound(frame.upper.kind, frame.upper.offset.map(change));
        return new Frame(frame.rows, lower, upper);
    }

    private static List<Expr> mapAll(List<Expr> list, UnaryOperator<Expr> change) {
        List<Expr> changed = new ArrayList<>(list.size());
        boolean same = true;
        for (Expr expr : list) {
            Expr c = change.apply(expr);
            same &= c == expr;
            changed.add(c);
        }
        return same ? list : changed;
    }

    private static boolean same(Optional<Expr> a, Optional<Expr> b) {
        return a.isPresent() ? b.isPresent() && a.get() == b.get() : b.isEmpty();
    }

    private static List<Expr> prepend(Expr first, List<Expr> rest) {
        List<Expr> all = new ArrayList<>(rest.size() + 1);
        all.add(first);
        all.addAll(rest);
        return all;
    }

    private static List<Expr> append(List<Expr> first, Optional<Expr> last) {
        if (last.isEmpty()) {
            return first;
        }
        List<Expr> all = new ArrayList<>(first);
        all.add(last.get());
        return all;
    }
}
