package dev.vitrine.engine.api;

import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.SortDirection;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A column expression of a [DataFrame], not yet resolved; method names and their meaning are
/// Spark's. Immutable.
///
/// A parameter of type `Object` takes another column, or a constant as [Functions#lit] does.
public final class Column {
    private final Expr expr;

    /// Whether this is a CASE that [#when] and [#otherwise] may go on with.
    private final boolean open;

    Column(Expr expr) {
        this(expr, false);
    }

    private Column(Expr expr, boolean open) {
        this.expr = expr;
        this.open = open;
    }

    Expr expr() {
        return expr;
    }

    static List<Expr> exprs(Column... columns) {
        return Arrays.stream(columns).map(Column::expr).toList();
    }

    private Column operator(String symbol, @Nullable Object other) {
        return new Column(
                new Expr.UnresolvedOperator(symbol, List.of(expr, Literals.of(other)), null));
    }

    private Column call(String name, @Nullable Object... args) {
        List<Expr> all = new ArrayList<>();
        all.add(expr);
        Arrays.stream(args).map(Literals::of).forEach(all::add);
        return new Column(new Expr.UnresolvedFunction(name, all, false, Optional.empty(), null));
    }

    // Arithmetic

    public Column plus(Object other) {
        return operator("+", other);
    }

    public Column minus(Object other) {
        return operator("-", other);
    }

    public Column multiply(Object other) {
        return operator("*", other);
    }

    public Column divide(Object other) {
        return operator("/", other);
    }

    public Column mod(Object other) {
        return operator("%", other);
    }

    public Column bitwiseAND(Object other) {
        return operator("&", other);
    }

    public Column bitwiseOR(Object other) {
        return operator("|", other);
    }

    public Column bitwiseXOR(Object other) {
        return operator("^", other);
    }

    // Comparisons

    public Column equalTo(@Nullable Object other) {
        return operator("=", other);
    }

    public Column notEqual(@Nullable Object other) {
        return operator("<>", other);
    }

    /// Equality under which NULL equals NULL.
    public Column eqNullSafe(@Nullable Object other) {
        return operator("<=>", other);
    }

    public Column lt(Object other) {
        return operator("<", other);
    }

    public Column leq(Object other) {
        return operator("<=", other);
    }

    public Column gt(Object other) {
        return operator(">", other);
    }

    public Column geq(Object other) {
        return operator(">=", other);
    }

    /// Both ends belong to it.
    public Column between(Object low, Object high) {
        return call("between", low, high);
    }

    public Column isNull() {
        return new Column(new Expr.IsNull(expr));
    }

    public Column isNotNull() {
        return new Column(Expr.isNotNull(expr));
    }

    public Column isNaN() {
        return call("isnan");
    }

    public Column isin(@Nullable Object... values) {
        return new Column(new Expr.In(expr, Arrays.stream(values).map(Literals::of).toList()));
    }

    public Column isInCollection(Iterable<?> values) {
        List<Expr> options = new ArrayList<>();
        values.forEach(value -> options.add(Literals.of(value)));
        return new Column(new Expr.In(expr, options));
    }

    /// Whether the value is among the rows of a frame of one column; a struct is matched with a
    /// frame of as many columns.
    public Column isin(DataFrame rows) {
        List<Expr> values =
                expr instanceof Expr.UnresolvedFunction call && call.name().equals("struct")
                        ? call.args()
                        : List.of(expr);
        return new Column(new Expr.InSubquery(values, rows.plan()));
    }

    // Logic

    public Column and(Column other) {
        return new Column(Expr.and(List.of(expr, other.expr)));
    }

    public Column or(Column other) {
        return new Column(Expr.or(List.of(expr, other.expr)));
    }

    /// A further branch of [Functions#when].
    ///
    /// @throws IllegalArgumentException where this is no such chain, or `otherwise` ended it
    public Column when(Column condition, @Nullable Object value) {
        Expr.Case chain = chain("when");
        List<Expr.Case.Branch> branches = new ArrayList<>(chain.branches());
        branches.add(new Expr.Case.Branch(condition.expr, Literals.of(value)));
        return new Column(new Expr.Case(branches, chain.otherwise(), chain.type()), true);
    }

    /// The value where no condition of a [Functions#when] holds; NULL where this is not said.
    ///
    /// @throws IllegalArgumentException where this is no such chain, or `otherwise` ended it
    public Column otherwise(@Nullable Object value) {
        Expr.Case chain = chain("otherwise");
        return new Column(new Expr.Case(chain.branches(), Literals.of(value), chain.type()));
    }

    private Expr.Case chain(String method) {
        if (open && expr instanceof Expr.Case chain) {
            return chain;
        }
        throw new IllegalArgumentException(
                method + " goes on with what Functions.when began, before its otherwise");
    }

    static Column choice(Column condition, @Nullable Object value) {
        Expr.Case.Branch branch = new Expr.Case.Branch(condition.expr, Literals.of(value));
        return new Column(
                new Expr.Case(List.of(branch), Expr.Literal.nullOf(DataType.NULL), DataType.NULL),
                true);
    }

    // Text

    /// `%` stands for any run of characters, `_` for one.
    public Column like(String pattern) {
        return new Column(new Expr.Like(expr, Expr.Literal.of(pattern), '\\', false));
    }

    /// [#like] without regard to letter case.
    public Column ilike(String pattern) {
        return new Column(new Expr.Like(expr, Expr.Literal.of(pattern), '\\', true));
    }

    /// Whether a part of the text matches a regular expression.
    public Column rlike(String pattern) {
        return call("rlike", pattern);
    }

    public Column contains(Object part) {
        return call("contains", part);
    }

    public Column startsWith(Column start) {
        return call("startswith", start);
    }

    public Column startsWith(String start) {
        return call("startswith", start);
    }

    public Column endsWith(Column end) {
        return call("endswith", end);
    }

    public Column endsWith(String end) {
        return call("endswith", end);
    }

    /// @param from of the first character, from 1
    public Column substr(int from, int length) {
        return call("substr", from, length);
    }

    public Column substr(Column from, Column length) {
        return call("substr", from, length);
    }

    // Nested values

    /// The element of an array at a place from 0, or the value of a map's key.
    public Column getItem(Object key) {
        return call("[]", key);
    }

    /// The same as [#getItem].
    public Column apply(Object key) {
        return getItem(key);
    }

    /// A field of a struct.
    public Column getField(String name) {
        return call(".", name);
    }

    /// This struct with a field set, added where it is not there; dots lead into inner structs.
    public Column withField(String name, Column value) {
        List<@Nullable Object> args = new ArrayList<>(List.of(value));
        args.addAll(AttributeName.parts(name));
        return call("with field", args.toArray());
    }

    /// This struct without some fields; names that there are not change nothing.
    public Column dropFields(String... names) {
        Column struct = this;
        for (String name : names) {
            struct = struct.call("without field", AttributeName.parts(name).toArray());
        }
        return struct;
    }

    /// This column as one of the frame around a subquery or lateral join, whatever the rows inside
    /// have of that name.
    public Column outer() {
        return call(OuterColumns.CALL);
    }

    // Types and names

    /// @param type as SQL writes it, `decimal(10,2)`
    public Column cast(String type) {
        return cast(SqlParser.parseType(type));
    }

    public Column cast(DataType type) {
        return new Column(new Expr.Cast(expr, type, EvalMode.ANSI));
    }

    /// [#cast] with NULL where it fails.
    public Column try_cast(String type) {
        return try_cast(SqlParser.parseType(type));
    }

    public Column try_cast(DataType type) {
        return new Column(new Expr.Cast(expr, type, EvalMode.TRY));
    }

    /// This column with the class of its values, for a [Dataset]'s `select`.
    public <U extends @Nullable Object> TypedColumn<U> as(
            dev.vitrine.engine.rdd.Encoder<U> encoder) {
        return new TypedColumn<>(this, encoder);
    }

    public Column as(String name) {
        return new Column(new Expr.Alias(expr, name, 0));
    }

    /// Names for the columns of a generator.
    public Column as(String[] names) {
        return new Column(new Expr.MultiAlias(expr, List.of(names)));
    }

    public Column alias(String name) {
        return as(name);
    }

    public Column name(String name) {
        return as(name);
    }

    // Order

    private Column key(SortDirection direction, boolean nullsFirst) {
        return new Column(new Expr.SortKey(expr, direction, nullsFirst));
    }

    /// Ascending, NULLs first.
    public Column asc() {
        return key(SortDirection.ASCENDING, true);
    }

    public Column asc_nulls_first() {
        return key(SortDirection.ASCENDING, true);
    }

    public Column asc_nulls_last() {
        return key(SortDirection.ASCENDING, false);
    }

    /// Descending, NULLs last.
    public Column desc() {
        return key(SortDirection.DESCENDING, false);
    }

    public Column desc_nulls_first() {
        return key(SortDirection.DESCENDING, true);
    }

    public Column desc_nulls_last() {
        return key(SortDirection.DESCENDING, false);
    }

    static List<Expr.SortKey> sortKeys(Column... columns) {
        return Arrays.stream(columns)
                .map(column ->
                        column.expr instanceof Expr.SortKey key
                                ? key
                                : new Expr.SortKey(column.expr, SortDirection.ASCENDING, true))
                .toList();
    }

    // Windows

    /// This function over the rows that `window` gives each row.
    public Column over(WindowSpec window) {
        return window.call(this);
    }

    /// This function over all rows.
    public Column over() {
        return over(WindowSpec.ALL);
    }

    /// The expression as Spark names a column of it.
    @Override
    public String toString() {
        return expr.sql();
    }
}
