package dev.vitrine.engine.function;

import dev.vitrine.engine.types.DataType;
import java.util.Optional;
import java.util.function.Predicate;

/// What a function wants as an argument, and which types are cast to it unasked.
sealed interface ArgType {
    ArgType STRING = new Exact(DataType.STRING);
    ArgType BINARY = new Exact(DataType.BINARY);
    ArgType INT = new Exact(DataType.INT);
    ArgType BIGINT = new Exact(DataType.BIGINT);
    ArgType DOUBLE = new Exact(DataType.DOUBLE);
    ArgType BOOLEAN = new Exact(DataType.BOOLEAN);
    ArgType DATE = new Exact(DataType.DATE);
    ArgType TIMESTAMP = new Exact(DataType.TIMESTAMP);
    ArgType ANY = new Family("ANY", type -> true, Optional.empty());
    ArgType NUMERIC = new Family("NUMERIC", DataType::isNumeric, Optional.of(DataType.DOUBLE));
    ArgType NUMBER_OR_INTERVAL =
            new Family(
                    "NUMERIC\" or \"INTERVAL",
                    type -> type.isNumeric() || IntervalOperators.isInterval(type),
                    Optional.of(DataType.DOUBLE));
    ArgType DAYS =
            new Family(
                    "INT\" or \"SMALLINT\" or \"TINYINT",
                    type -> type.isIntegral() && type != DataType.BIGINT,
                    Optional.of(DataType.INT));
    ArgType INTEGRAL = new Family("INTEGRAL", DataType::isIntegral, Optional.of(DataType.BIGINT));
    ArgType TEXT_OR_BYTES =
            new Family(
                    "STRING or BINARY",
                    type -> type.isText() || type == DataType.BINARY,
                    Optional.of(DataType.STRING));
    ArgType TEXT_BYTES_OR_ARRAY =
            new Family(
                    "STRING\" or \"BINARY\" or \"ARRAY",
                    type ->
                            type == DataType.STRING
                                    || type == DataType.BINARY
                                    || type instanceof DataType.Array,
                    Optional.of(DataType.STRING));
    ArgType TIMESTAMP_NTZ = new Exact(DataType.TIMESTAMP_NTZ);
    ArgType ARRAY =
            new Family(
                    "ARRAY",
                    type -> type instanceof DataType.Array,
                    Optional.of(new DataType.Array(DataType.NULL, true)));
    ArgType MAP =
            new Family(
                    "MAP",
                    type -> type instanceof DataType.MapOf,
                    Optional.of(new DataType.MapOf(DataType.NULL, DataType.NULL, true)));
    ArgType ANY_TIMESTAMP =
            new Family("TIMESTAMP", DataType::isTimestamp, Optional.of(DataType.TIMESTAMP));

    /// What has an hour, a minute and a second.
    ArgType CLOCK =
            new Family(
                    "TIMESTAMP or TIME",
                    type -> type.isTimestamp() || type instanceof DataType.Time,
                    Optional.of(DataType.TIMESTAMP));

    String label();

    /// The type to cast an argument of type `from` to, or empty where it cannot be taken.
    Optional<DataType> accept(DataType from, boolean literal);

    /// One type, to which others are cast as Spark's ANSI mode does.
    record Exact(DataType type) implements ArgType {
        @Override
        public String label() {
            return type.sql();
        }

        @Override
        public Optional<DataType> accept(DataType from, boolean literal) {
            if (type == DataType.STRING && from.isText()) {
                return Optional.of(from);
            }
            return CommonTypes.implicitly(from, type, literal)
                    ? Optional.of(type)
                    : Optional.empty();
        }
    }

    /// A family of types; `fallback` is what NULL and strings become.
    record Family(String label, Predicate<DataType> holds, Optional<DataType> fallback)
            implements ArgType {
        private static boolean becomes(DataType from, DataType to) {
            return switch (to) {
                case DataType.Simple.STRING -> !from.isNested();
                case DataType.Simple.TIMESTAMP -> from == DataType.STRING || from == DataType.DATE;
                case DataType.Simple simple -> from == DataType.STRING;
                case DataType.Time time -> from.isText();
                default -> false;
            };
        }

        @Override
        public Optional<DataType> accept(DataType from, boolean literal) {
            if (holds.test(from)) {
                return Optional.of(from);
            }
            return fallback.filter(to -> from == DataType.NULL || becomes(from, to));
        }
    }
}
