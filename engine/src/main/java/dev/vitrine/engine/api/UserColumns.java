package dev.vitrine.engine.api;

import dev.vitrine.engine.rdd.Encoder;
import dev.vitrine.engine.types.DataType;

/// Functions of the user's, made of Java lambdas. Users see them as [Functions].
abstract sealed class UserColumns extends ClockColumns permits Functions {
    UserColumns() {}

    public static UserDefinedFunction udf(UDF0<?> function, DataType type) {
        return UserDefinedFunction.of(function, type);
    }

    public static UserDefinedFunction udf(UDF1<?, ?> function, DataType type) {
        return UserDefinedFunction.of(function, type);
    }

    public static UserDefinedFunction udf(UDF2<?, ?, ?> function, DataType type) {
        return UserDefinedFunction.of(function, type);
    }

    public static UserDefinedFunction udf(UDF3<?, ?, ?, ?> function, DataType type) {
        return UserDefinedFunction.of(function, type);
    }

    public static UserDefinedFunction udf(UDF4<?, ?, ?, ?, ?> function, DataType type) {
        return UserDefinedFunction.of(function, type);
    }

    public static UserDefinedFunction udf(UDF5<?, ?, ?, ?, ?, ?> function, DataType type) {
        return UserDefinedFunction.of(function, type);
    }

    public static UserDefinedFunction udf(UDF6<?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return UserDefinedFunction.of(function, type);
    }

    public static UserDefinedFunction udf(UDF7<?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return UserDefinedFunction.of(function, type);
    }

    public static UserDefinedFunction udf(UDF8<?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return UserDefinedFunction.of(function, type);
    }

    public static UserDefinedFunction udf(
            UDF9<?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return UserDefinedFunction.of(function, type);
    }

    public static UserDefinedFunction udf(
            UDF10<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return UserDefinedFunction.of(function, type);
    }

    /// A function of whole columns.
    public static UserDefinedFunction vectorUdf(VectorUdf function, DataType type) {
        return UserDefinedFunction.of(function, type);
    }

    /// An aggregate over rows that `input` reads: a record's components are the function's
    /// arguments in their order, and of any other class there is one argument.
    public static <IN, BUF, OUT> UserDefinedAggregate udaf(
            Aggregator<IN, BUF, OUT> aggregator, Encoder<IN> input) {
        return new UserDefinedAggregate(aggregator, input);
    }
}
