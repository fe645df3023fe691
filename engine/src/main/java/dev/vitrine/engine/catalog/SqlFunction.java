package dev.vitrine.engine.catalog;

import dev.vitrine.engine.types.DataType;
import java.util.List;
import java.util.Optional;

/// A function whose body is SQL text.
///
/// @param returns the type of a scalar function's value; empty takes the body's
/// @param table the columns of a table function, or empty
/// @param returnsTable whether it stands in FROM
/// @param body an expression or a query
/// @param query whether the body is a query
/// @param database where the body looks for tables without a database
public record SqlFunction(
        QualifiedName name,
        boolean temporary,
        List<TableColumn> parameters,
        Optional<DataType> returns,
        List<TableColumn> table,
        boolean returnsTable,
        String body,
        boolean query,
        Optional<String> comment,
        String database) {
    public SqlFunction {
        parameters = List.copyOf(parameters);
        table = List.copyOf(table);
    }
}
