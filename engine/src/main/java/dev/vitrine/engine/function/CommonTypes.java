package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Casts;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which type values of different types meet in, by the rules of Spark's ANSI mode.
public final class CommonTypes {
    private static final List<DataType> WIDENING =
            List.of(
                    DataType.TINYINT,
                    DataType.SMALLINT,
                    DataType.INT,
                    DataType.BIGINT,
                    DataType.FLOAT,
                    DataType.DOUBLE);

    private CommonTypes() {}

    /// `expr` as a value of `type`: itself, a constant, or a cast.
    public static Expr cast(Expr expr, DataType type, EvalMode mode) {
        if (expr.type().equals(type)) {
            return expr;
        }
        if (expr instanceof Expr.Literal literal && literal.isNull()) {
            return Expr.Literal.nullOf(type);
        }
        boolean wholeLiteral = expr instanceof Expr.Literal && expr.type().isIntegral();
        if (wholeLiteral && type.isNumeric() && Casts.neverFails(expr.type(), type)) {
            Object value = ((Expr.Literal) expr).value();
            Casting.Caster caster = Casting.caster(expr.type(), type, mode, ZoneOffset.UTC);
            return new Expr.Literal(value == null ? null : caster.cast(value), type);
        }
        return new Expr.Cast(expr, type, mode);
    }

    /// The common type of all expressions.
    public static Optional<DataType> of(List<Expr> exprs) {
        Optional<DataType> common = Optional.of(DataType.NULL);
        // Strings yield to other types, so that one date among strings makes all of them dates.
        for (Expr expr : exprs) {
            if (!expr.type().isText()) {
                common = common.flatMap(type -> of(type, expr.type()));
            }
        }
        List<Expr> texts = exprs.stream().filter(expr -> expr.type().isText()).toList();
        if (texts.isEmpty()) {
            return common;
        }
        DataType text = Collations.common(texts);
        return common.flatMap(type -> of(type, text));
    }

    /// The common type of two types; a string yields to an atomic type of the other side.
    public static Optional<DataType> of(DataType a, DataType b) {
        if (a.equals(b) || b == DataType.NULL) {
            return Optional.of(a);
        }
        if (a == DataType.NULL) {
            return Optional.of(b);
        }
        if (a.isText() && b.isText()) {
            return Optional.of(Collations.common(a, b));
        }
        if (a.isText() || b.isText()) {
            return withString(a.isText() ? b : a);
        }
        if (a.isNumeric() && b.isNumeric()) {
            return Optional.of(ofNumbers(a, b));
        }
        boolean dates = isDateTime(a) && isDateTime(b);
        if (dates) {
            boolean zoned = a == DataType.TIMESTAMP || b == DataType.TIMESTAMP;
            return Optional.of(zoned ? DataType.TIMESTAMP : DataType.TIMESTAMP_NTZ);
        }
        if (a instanceof DataType.Time(int p) && b instanceof DataType.Time(int q)) {
            return Optional.of(new DataType.Time(Math.max(p, q)));
        }
        return ofNestedOrIntervals(a, b);
    }

    private static Optional<DataType> ofNestedOrIntervals(DataType a, DataType b) {
        return switch (a) {
            case DataType.YearMonthInterval(var s, var e)
                    when b instanceof DataType.YearMonthInterval(var s2, var e2) ->
                    Optional.of(
                            new DataType.YearMonthInterval(
                                    s.compareTo(s2) < 0 ? s : s2, e.compareTo(e2) > 0 ? e : e2));
            case DataType.DayTimeInterval(var s, var e)
                    when b instanceof DataType.DayTimeInterval(var s2, var e2) ->
                    Optional.of(
                            new DataType.DayTimeInterval(
                                    s.compareTo(s2) < 0 ? s : s2, e.compareTo(e2) > 0 ? e : e2));
            case DataType.Array(var element, var nulls)
                    when b instanceof DataType.Array(var other, var otherNulls) ->
                    of(element, other).map(t -> new DataType.Array(t, nulls || otherNulls));
            case DataType.MapOf(var key, var value, var nulls)
                    when b instanceof DataType.MapOf(var k2, var v2, var nulls2) ->
                    of(key, k2)
                            .flatMap(k ->
                                    of(value, v2)
                                            .map(v -> new DataType.MapOf(k, v, nulls || nulls2)));
            case DataType.Struct(var fields)
                    when b instanceof DataType.Struct(var others)
                            && fields.size() == others.size() ->
                    structs(fields, others);
            default -> Optional.empty();
        };
    }

    private static Optional<DataType> structs(List<Field> fields, List<Field> others) {
        List<Field> common = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            Optional<DataType> type = of(field.type(), others.get(i).type());
            if (type.isEmpty()) {
                return Optional.empty();
            }
            boolean nullable = field.nullable() || others.get(i).nullable();
            common.add(new Field(field.name(), type.get(), nullable));
        }
        return Optional.of(new DataType.Struct(common));
    }

    private static Optional<DataType> withString(DataType other) {
        if (other == DataType.VARIANT) {
            return Optional.empty();
        }
        if (other.isIntegral()) {
            return Optional.of(DataType.BIGINT);
        }
        if (other.isFractional()) {
            return Optional.of(DataType.DOUBLE);
        }
        // A text may be any kind of interval.
        return other.isNested() || IntervalOperators.isInterval(other)
                ? Optional.empty()
                : Optional.of(other);
    }

    private static DataType ofNumbers(DataType a, DataType b) {
        boolean aDecimal = a instanceof DataType.Decimal;
        boolean bDecimal = b instanceof DataType.Decimal;
        if (aDecimal || bDecimal) {
            DataType other = aDecimal ? b : a;
            if (other == DataType.FLOAT || other == DataType.DOUBLE) {
                return DataType.DOUBLE;
            }
            return widest(decimalFor(a), decimalFor(b));
        }
        int wider = Math.max(WIDENING.indexOf(a), WIDENING.indexOf(b));
        // A whole number does not survive as a FLOAT.
        return WIDENING.get(wider) == DataType.FLOAT ? DataType.DOUBLE : WIDENING.get(wider);
    }

    /// Whether a number of one type is another of a wider one, as far as FLOAT and DOUBLE go: all
    /// whole numbers fit a decimal of their digits.
    public static boolean widens(DataType from, DataType to) {
        if (to instanceof DataType.Decimal(int precision, int scale)) {
            return from.isIntegral() && decimalFor(from).precision() <= precision - scale;
        }
        int place = WIDENING.indexOf(from);
        return place >= 0 && WIDENING.indexOf(to) > place;
    }

    /// The decimal that holds all values of both, as far as 38 digits go.
    static DataType.Decimal widest(DataType.Decimal a, DataType.Decimal b) {
        int scale = Math.max(a.scale(), b.scale());
        int range = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        int precision = Math.min(range + scale, DataType.Decimal.MAX_PRECISION);
        int integral = Math.min(range, DataType.Decimal.MAX_PRECISION);
        return new DataType.Decimal(
                Math.max(precision, 1), Math.min(scale, DataType.Decimal.MAX_PRECISION - integral));
    }

    /// The decimal that holds all values of an integral or decimal type.
    static DataType.Decimal decimalFor(DataType type) {
        return switch (type) {
            case DataType.Decimal decimal -> decimal;
            case DataType.Simple.FLOAT -> new DataType.Decimal(14, 7);
            case DataType.Simple.DOUBLE -> new DataType.Decimal(30, 15);
            default -> new DataType.Decimal(Casts.digits(type), 0);
        };
    }

    /// The decimal for an operand: a whole literal needs only the digits it has.
    static DataType.Decimal decimalFor(Expr expr) {
        if (expr instanceof Expr.Literal(Object value, DataType type)
                && type.isIntegral()
                && value instanceof Number number) {
            return new DataType.Decimal(BigDecimal.valueOf(number.longValue()).precision(), 0);
        }
        return decimalFor(expr.type());
    }

    /// Whether an argument of type `from` is cast to `to` unasked.
    public static boolean implicitly(DataType from, DataType to, boolean literal) {
        if (from.equals(to) || from == DataType.NULL) {
            return true;
        }
        if (from == DataType.VARIANT || to == DataType.VARIANT) {
            return false;
        }
        if (to.isText()) {
            return !from.isNested();
        }
        if (from.isText()) {
            return !to.isNested();
        }
        if (from instanceof DataType.Array(var element, var nulls)
                && to instanceof DataType.Array(var wanted, var n)) {
            return implicitly(element, wanted, literal);
        }
        return from instanceof DataType.Time && to instanceof DataType.Time
                || (from.isNumeric() && to.isNumeric())
                || (isDateTime(from) && isDateTime(to));
    }

    /// Whether a distance can be added to a date, a time or an interval.
    public static boolean addable(DataType type, DataType distance) {
        return switch (type) {
            case DataType.Simple.DATE ->
                    distance.isIntegral() && distance != DataType.BIGINT
                            || distance instanceof DataType.YearMonthInterval
                            || distance instanceof DataType.DayTimeInterval;
            case DataType.Simple.INTERVAL -> distance == DataType.INTERVAL;
            case DataType.Simple.TIMESTAMP, DataType.Simple.TIMESTAMP_NTZ ->
                    distance instanceof DataType.YearMonthInterval
                            || distance instanceof DataType.DayTimeInterval;
            case DataType.YearMonthInterval i -> distance instanceof DataType.YearMonthInterval;
            case DataType.DayTimeInterval i -> distance instanceof DataType.DayTimeInterval;
            default -> false;
        };
    }

    static boolean isDateTime(DataType type) {
        return type == DataType.DATE || type.isTimestamp();
    }
}
