package dev.vitrine.engine.api;

import dev.vitrine.engine.types.DataType;

/// Makes functions of the user's known by name in a session, for SQL, [Functions#call_function] and
/// `selectExpr`; under Spark's name. A name that is taken means the new function from then on, even
/// where it was a built-in one's; DROP TEMPORARY FUNCTION takes it away.
public final class UDFRegistration {
    private final Session session;

    UDFRegistration(Session session) {
        this.session = session;
    }

    public UserDefinedFunction register(String name, UDF0<?> function, DataType type) {
        return register(name, Functions.udf(function, type));
    }

    public UserDefinedFunction register(String name, UDF1<?, ?> function, DataType type) {
        return register(name, Functions.udf(function, type));
    }

    public UserDefinedFunction register(String name, UDF2<?, ?, ?> function, DataType type) {
        return register(name, Functions.udf(function, type));
    }

    public UserDefinedFunction register(String name, UDF3<?, ?, ?, ?> function, DataType type) {
        return register(name, Functions.udf(function, type));
    }

    public UserDefinedFunction register(String name, UDF4<?, ?, ?, ?, ?> function, DataType type) {
        return register(name, Functions.udf(function, type));
    }

    public UserDefinedFunction register(
            String name, UDF5<?, ?, ?, ?, ?, ?> function, DataType type) {
        return register(name, Functions.udf(function, type));
    }

    public UserDefinedFunction register(
            String name, UDF6<?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return register(name, Functions.udf(function, type));
    }

    public UserDefinedFunction register(
            String name, UDF7<?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return register(name, Functions.udf(function, type));
    }

    public UserDefinedFunction register(
            String name, UDF8<?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return register(name, Functions.udf(function, type));
    }

    public UserDefinedFunction register(
            String name, UDF9<?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return register(name, Functions.udf(function, type));
    }

    public UserDefinedFunction register(
            String name, UDF10<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return register(name, Functions.udf(function, type));
    }

    /// A function of whole columns.
    public UserDefinedFunction registerVector(String name, VectorUdf function, DataType type) {
        return register(name, Functions.vectorUdf(function, type));
    }

    public UserDefinedFunction register(String name, UserDefinedFunction function) {
        UserDefinedFunction named = function.withName(name);
        session.register(named.entry());
        return named;
    }

    public UserDefinedAggregate register(String name, UserDefinedAggregate function) {
        UserDefinedAggregate named = function.withName(name);
        session.register(named.entry());
        return named;
    }

    /// A function written as a Java class, which has one of [UDF0] to [UDF10] or [VectorUdf] as its
    /// interface and a constructor without parameters. It is compiled now, and loaded in a class
    /// loader of its own: apart from the program's classes, but no sandbox.
    ///
    /// @param source one compilation unit, whose first class is the function
    /// @throws dev.vitrine.engine.error.EngineException INVALID_JAVA_SNIPPET, with the place in the
    ///   source, where it does not compile or is no such class; NO_JAVA_COMPILER where the runtime
    ///   has none
    public UserDefinedFunction registerJava(String name, String source, DataType type) {
        return register(name, new JavaSnippet(name, source).function(type));
    }

    /// [#registerJava(String, String, DataType)] whose type is what the class' `call` returns.
    public UserDefinedFunction registerJava(String name, String source) {
        return register(name, new JavaSnippet(name, source).function());
    }
}
