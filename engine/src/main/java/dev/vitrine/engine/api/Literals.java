package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.sql.Parameters;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Constants of programs as expressions.
final class Literals {
    private Literals() {}

    /// The expression for a value; a [Column] is its own.
    ///
    /// @throws EngineException UNSUPPORTED_FEATURE.LITERAL_TYPE
    static Expr of(@Nullable Object value) {
        return switch (value) {
            case null -> Expr.Literal.nullOf(DataType.NULL);
            case Column column -> column.expr();
            case Boolean b -> Expr.Literal.of(b);
            case Byte b -> new Expr.Literal(b, DataType.TINYINT);
            case Short s -> new Expr.Literal(s, DataType.SMALLINT);
            case Integer i -> Expr.Literal.of(i);
            case Long l -> Expr.Literal.of(l);
            case Float f -> new Expr.Literal(f, DataType.FLOAT);
            case Double d -> new Expr.Literal(d, DataType.DOUBLE);
            case BigDecimal d -> decimal(d);
            case BigInteger i -> decimal(new BigDecimal(i));
            case String s -> Expr.Literal.of(s);
            case Character c -> Expr.Literal.of(c.toString());
            case Enum<?> constant -> Expr.Literal.of(constant.name());
            case byte[] bytes -> new Expr.Literal(Binary.copyOf(bytes), DataType.BINARY);
            case LocalDate date -> date(date);
            case java.sql.Date date -> date(date.toLocalDate());
            case Instant instant ->
                    new Expr.Literal(JavaValues.micros(instant), DataType.TIMESTAMP);
            case java.sql.Timestamp timestamp -> of(timestamp.toInstant());
            case LocalDateTime time ->
                    new Expr.Literal(Values.toMicros(time), DataType.TIMESTAMP_NTZ);
            case Duration duration ->
                    new Expr.Literal(
                            JavaValues.micros(duration),
                            new DataType.DayTimeInterval(
                                    DataType.DayTimeField.DAY, DataType.DayTimeField.SECOND));
            case Period period ->
                    new Expr.Literal(
                            Math.toIntExact(period.toTotalMonths()),
                            new DataType.YearMonthInterval(
                                    DataType.YearMonthField.YEAR, DataType.YearMonthField.MONTH));
            case Object[] items -> of(Arrays.asList(items));
            case List<?> items -> call("array", items);
            case Map<?, ?> map -> {
                List<@Nullable Object> pairs = new ArrayList<>();
                map.forEach((key, mapped) -> {
                    pairs.add(key);
                    pairs.add(mapped);
                });
                yield call("map", pairs);
            }
            default ->
                    throw new EngineException(
                            ErrorCode.UNSUPPORTED_FEATURE__LITERAL_TYPE,
                            Map.of("value", value, "type", value.getClass().getName()));
        };
    }

    /// Values for a statement's parameters `:name`.
    static Parameters named(Map<String, ?> values) {
        Map<String, Expr> named = new HashMap<>();
        values.forEach((name, value) -> named.put(name, of(value)));
        return new Parameters(named, List.of());
    }

    /// Values for a statement's parameters `?`.
    static Parameters positional(@Nullable Object... values) {
        List<Expr> positional = new ArrayList<>();
        for (Object value : values) {
            positional.add(of(value));
        }
        return new Parameters(Map.of(), positional);
    }

    private static Expr call(String name, List<?> items) {
        List<Expr> exprs = new ArrayList<>();
        items.forEach(item -> exprs.add(of(item)));
        return new Expr.UnresolvedFunction(name, exprs, false, Optional.empty(), null);
    }

    private static Expr date(LocalDate date) {
        return new Expr.Literal(Math.toIntExact(date.toEpochDay()), DataType.DATE);
    }

    private static Expr decimal(BigDecimal value) {
        BigDecimal whole = value.scale() < 0 ? value.setScale(0) : value;
        return new Expr.Literal(
                whole,
                new DataType.Decimal(Math.max(whole.precision(), whole.scale()), whole.scale()));
    }
}
