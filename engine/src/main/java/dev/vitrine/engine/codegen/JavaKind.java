package dev.vitrine.engine.codegen;

import dev.vitrine.engine.batch.ArrowTypes;
import dev.vitrine.engine.types.DataType;
import java.util.Optional;

/// How generated code holds a value.
enum JavaKind {
    BOOLEAN("boolean", "false"),
    INT("int", "0"),
    LONG("long", "0L"),
    FLOAT("float", "0.0f"),
    DOUBLE("double", "0.0"),
    STRING("StringRef", "null"),

    /// A decimal of 128 bits.
    WIDE("WideDecimal", "null");

    private final String javaType;
    private final String zero;

    JavaKind(String javaType, String zero) {
        this.javaType = javaType;
        this.zero = zero;
    }

    String javaType() {
        return javaType;
    }

    /// What a variable holds where its value is NULL.
    String zero() {
        return zero;
    }

    /// Whether a value is what a field's object holds, which statements fill, and no primitive.
    boolean isHeld() {
        return this == STRING || this == WIDE;
    }

    /// Decimals are unscaled longs where [Guards] make sure that they fit, which is not decided
    /// here: see [ExprWriter#kindOf].
    static Optional<JavaKind> of(DataType type) {
        return switch (type) {
            case DataType.Simple.BOOLEAN -> Optional.of(BOOLEAN);
            case DataType.Simple.TINYINT,
                    DataType.Simple.SMALLINT,
                    DataType.Simple.INT,
                    DataType.Simple.DATE ->
                    Optional.of(INT);
            case DataType.Simple.BIGINT, DataType.Simple.TIMESTAMP, DataType.Simple.TIMESTAMP_NTZ ->
                    Optional.of(LONG);
            case DataType.Simple.FLOAT -> Optional.of(FLOAT);
            case DataType.Simple.DOUBLE -> Optional.of(DOUBLE);
            case DataType.Simple.STRING, DataType.Simple.BINARY -> Optional.of(STRING);
            case DataType.Simple.NULL, DataType.Simple.INTERVAL, DataType.Simple.VARIANT ->
                    Optional.empty();
            case DataType.Collated c -> Optional.empty();
            case DataType.Time t -> Optional.of(LONG);
            case DataType.Decimal d -> Optional.of(LONG);
            case DataType.YearMonthInterval i -> Optional.of(INT);
            case DataType.DayTimeInterval i -> Optional.of(LONG);
            case DataType.Array a -> Optional.empty();
            case DataType.MapOf m -> Optional.empty();
            case DataType.Struct s -> Optional.empty();
        };
    }

    static JavaKind require(DataType type) {
        return of(type).orElseThrow(() -> new NotCompilable("values of type " + type.sql()));
    }

    /// Whether a type is a decimal that columns hold in 128 bits.
    static boolean isWide(DataType type) {
        return type instanceof DataType.Decimal && !ArrowTypes.isLongDecimal(type);
    }
}
