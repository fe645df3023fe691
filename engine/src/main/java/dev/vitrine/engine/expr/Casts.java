package dev.vitrine.engine.expr;

import dev.vitrine.engine.types.DataType;

/// What is known about a cast from its two types alone.
public final class Casts {
    private Casts() {}

    /// Whether no value of `from` makes the cast to `to` fail.
    public static boolean neverFails(DataType from, DataType to) {
        if (from.equals(to) || from == DataType.NULL || to == DataType.STRING) {
            return true;
        }
        return switch (to) {
            case DataType.Simple.SMALLINT, DataType.Simple.INT, DataType.Simple.BIGINT ->
                    from == DataType.BOOLEAN || (from.isIntegral() && rank(from) <= rank(to));
            case DataType.Simple.FLOAT, DataType.Simple.DOUBLE ->
                    from.isNumeric() || from == DataType.BOOLEAN;
            case DataType.Decimal(int precision, int scale) ->
                    switch (from) {
                        // Cutting digits off rounds, and 9.99 rounded needs one digit more before
                        // the point.
                        case DataType.Decimal(int p, int s) ->
                                p - s + (s > scale ? 1 : 0) <= precision - scale;
                        default -> from.isIntegral() && digits(from) <= precision - scale;
                    };
            case DataType.Simple.TIMESTAMP, DataType.Simple.TIMESTAMP_NTZ, DataType.Simple.DATE ->
                    from == DataType.DATE || from.isTimestamp();
            case DataType.Simple.BOOLEAN -> from.isNumeric();
            case DataType.Simple.BINARY -> from == DataType.STRING;
            default -> false;
        };
    }

    /// Whether casts fail in a mode rather than give NULL: those to intervals and from them do so
    /// outside ANSI mode too.
    static boolean fails(EvalMode mode, DataType from, DataType to) {
        return switch (mode) {
            case ANSI -> true;
            case LEGACY -> isInterval(from) || isInterval(to);
            case TRY -> false;
        };
    }

    private static boolean isInterval(DataType type) {
        return type instanceof DataType.YearMonthInterval
                || type instanceof DataType.DayTimeInterval;
    }

    /// Decimal digits of an integral type's widest value.
    public static int digits(DataType integral) {
        return switch (integral) {
            case DataType.Simple.TINYINT -> 3;
            case DataType.Simple.SMALLINT -> 5;
            case DataType.Simple.INT -> 10;
            default -> 20;
        };
    }

    private static int rank(DataType integral) {
        return switch (integral) {
            case DataType.Simple.TINYINT -> 0;
            case DataType.Simple.SMALLINT -> 1;
            case DataType.Simple.INT -> 2;
            default -> 3;
        };
    }
}
