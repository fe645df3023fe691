package dev.vitrine.engine.api;

import dev.vitrine.engine.analysis.Analyzer;
import dev.vitrine.engine.analysis.NamedRelations;
import dev.vitrine.engine.catalog.Catalog;
import dev.vitrine.engine.catalog.QualifiedName;
import dev.vitrine.engine.catalog.SqlFunction;
import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.catalog.Variable;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.FunctionRegistry;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.sql.RoutineStatement;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes and drops functions written in SQL; declares, sets and drops session variables.
final class RoutineCommands {
    private final CommandContext commands;
    private final Catalog catalog;

    RoutineCommands(CommandContext commands) {
        this.commands = commands;
        this.catalog = commands.catalog();
    }

    QueryResult run(RoutineStatement statement) {
        switch (statement) {
            case RoutineStatement.CreateFunction create -> create(create);
            case RoutineStatement.DropFunction drop -> drop(drop);
            case RoutineStatement.RefreshFunction(var name, var where, var text) -> {
                refuseBuiltin(name, "REFRESH FUNCTION", where);
                if (catalog.function(name, catalog.temporary().currentDatabase()).isEmpty()) {
                    throw noFunction(name, where);
                }
            }
            case RoutineStatement.DeclareVariable declare -> declare(declare);
            case RoutineStatement.DropVariable drop -> {
                String name = variableName(drop.name(), drop.nameRange());
                if (!catalog.temporary().dropVariable(name) && !drop.ifExists()) {
                    throw noVariable(ErrorCode.VARIABLE_NOT_FOUND, drop.name(), drop.nameRange());
                }
            }
            case RoutineStatement.SetVariables set -> set(set);
        }
        return commands.nothing();
    }

    // Functions

    private void create(RoutineStatement.CreateFunction create) {
        SourceRange where = create.nameRange();
        if (create.temporary() && create.name().size() > 1) {
            throw new EngineException(
                    ErrorCode.INVALID_SQL_SYNTAX__CREATE_ROUTINE,
                    Map.of("what", "A temporary function with a schema"),
                    where);
        }
        String database = catalog.temporary().currentDatabase();
        QualifiedName name = place(create);
        SqlFunction function =
                new SqlFunction(
                        name,
                        create.temporary(),
                        create.parameters(),
                        create.returns(),
                        create.table(),
                        create.returnsTable(),
                        create.body(),
                        create.query(),
                        create.comment(),
                        database);
        boolean there =
                create.temporary()
                        ? catalog.temporary().function(name.name()).isPresent()
                                || commands.session().functions().own(name.name()).isPresent()
                        : catalog.warehouse().function(name).isPresent();
        if (there && create.ifNotExists()) {
            return;
        }
        if (there && !create.replace()) {
            throw new EngineException(
                    ErrorCode.ROUTINE_ALREADY_EXISTS,
                    Map.of(
                            "existingRoutineType",
                            "function",
                            "routineName",
                            "`" + name.name() + "`"),
                    where);
        }
        checkSignature(function, where);
        SqlFunction known = checked(function, where);
        if (function.temporary()) {
            commands.session().unregister(name.name());
            catalog.temporary().create(known);
        } else {
            refuseTemporary(function, where);
            catalog.warehouse().store(known);
        }
    }

    private QualifiedName place(RoutineStatement.CreateFunction create) {
        try {
            QualifiedName name = catalog.place(create.name());
            if (!create.temporary()) {
                catalog.database(name.database());
            }
            return name;
        } catch (EngineException e) {
            throw e.at(create.nameRange());
        }
    }

    private static void checkSignature(SqlFunction function, SourceRange where) {
        boolean optional = false;
        for (TableColumn parameter : function.parameters()) {
            if (optional && parameter.defaultSql().isEmpty()) {
                throw new EngineException(
                        ErrorCode.USER_DEFINED_FUNCTIONS__NOT_A_VALID_DEFAULT_PARAMETER_POSITION,
                        Map.of(
                                "nextParameterName",
                                "`" + parameter.name() + "`",
                                "functionName",
                                function.name().quoted()),
                        where);
            }
            optional |= parameter.defaultSql().isPresent();
        }
        List<String> columns = new ArrayList<>();
        for (TableColumn column : function.table()) {
            if (columns.contains(column.name().toLowerCase(Locale.ROOT))) {
                throw new EngineException(
                        ErrorCode.DUPLICATE_ROUTINE_RETURNS_COLUMNS,
                        Map.of("columns", "`" + column.name() + "`"),
                        where);
            }
            columns.add(column.name().toLowerCase(Locale.ROOT));
        }
        if (function.returnsTable() && !function.query()) {
            throw new EngineException(
                    ErrorCode.USER_DEFINED_FUNCTIONS__SQL_TABLE_UDF_BODY_MUST_BE_A_QUERY,
                    Map.of("name", function.name().quoted()),
                    where);
        }
    }

    /// The function with the types that its body gives where none were declared.
    private SqlFunction checked(SqlFunction function, SourceRange where) {
        try {
            for (TableColumn parameter : function.parameters()) {
                if (parameter.defaultSql().isPresent()) {
                    checkDefault(function, parameter);
                }
            }
            List<Expr.Attribute> output = commands.analyzer().functionOutput(function);
            if (function.returnsTable() && function.table().isEmpty()) {
                return with(
                        function,
                        Optional.empty(),
                        output.stream()
                                .map(a ->
                                        TableColumn.of(
                                                dev.vitrine.engine.types.Field.of(
                                                        a.name(), a.type())))
                                .toList());
            }
            return function.returnsTable()
                    ? function
                    : with(function, Optional.of(output.getFirst().type()), List.of());
        } catch (EngineException e) {
            throw new EngineException(e.code(), e.args(), where, e);
        }
    }

    private static SqlFunction with(
            SqlFunction f, Optional<DataType> returns, List<TableColumn> table) {
        return new SqlFunction(
                f.name(),
                f.temporary(),
                f.parameters(),
                returns,
                table,
                f.returnsTable(),
                f.body(),
                f.query(),
                f.comment(),
                f.database());
    }

    private void checkDefault(SqlFunction function, TableColumn parameter) {
        Expr written =
                SqlParser.parseExpression(
                        parameter.defaultSql().orElseThrow(),
                        new dev.vitrine.engine.logical.PlanContext());
        if (written.any(Expr.Subquery.class::isInstance)) {
            throw new EngineException(
                    ErrorCode.USER_DEFINED_FUNCTIONS__NOT_A_VALID_DEFAULT_EXPRESSION,
                    Map.of(
                            "parameterName",
                            "`" + parameter.name() + "`",
                            "functionName",
                            function.name().quoted()));
        }
        commands.analyzer().columnDefault(parameter);
    }

    /// A stored function cannot need what goes with the session.
    private void refuseTemporary(SqlFunction function, SourceRange where) {
        if (!function.query()) {
            return;
        }
        Statement.Query query = (Statement.Query) SqlParser.parse(function.body());
        for (List<String> name : NamedRelations.of(query.plan())) {
            if (catalog.temporaryView(name).isPresent()) {
                throw new EngineException(
                        ErrorCode.INVALID_TEMP_OBJ_REFERENCE,
                        Map.of(
                                "objName", "the function " + function.name().quoted(),
                                "tempObjName", "the view " + CommandContext.quoted(name)),
                        where);
            }
        }
    }

    private void refuseBuiltin(List<String> name, String statement, SourceRange where) {
        if (name.size() == 1 && FunctionRegistry.builtin().find(name.getFirst()).isPresent()) {
            throw new EngineException(
                    ErrorCode.FORBIDDEN_OPERATION,
                    Map.of(
                            "statement",
                            statement,
                            "objectType",
                            "built-in function",
                            "objectName",
                            "`" + name.getFirst() + "`"),
                    where);
        }
    }

    private static EngineException noFunction(List<String> name, SourceRange where) {
        return new EngineException(
                ErrorCode.ROUTINE_NOT_FOUND,
                Map.of("routineName", CommandContext.quoted(name)),
                where);
    }

    private void drop(RoutineStatement.DropFunction drop) {
        if (drop.temporary()) {
            String name = drop.name().getLast();
            boolean there =
                    catalog.temporary().dropFunction(name) || commands.session().unregister(name);
            if (!there && !drop.ifExists()) {
                throw noFunction(drop.name(), drop.nameRange());
            }
            return;
        }
        refuseBuiltin(drop.name(), "DROP", drop.nameRange());
        Optional<SqlFunction> found = catalog.warehouse().function(catalog.place(drop.name()));
        if (found.isPresent()) {
            catalog.warehouse().drop(found.get());
        } else if (!drop.ifExists()) {
            throw noFunction(drop.name(), drop.nameRange());
        }
    }

    // Variables

    /// `x`, `session.x` or `system.session.x`.
    private static String variableName(List<String> name, SourceRange where) {
        int size = name.size();
        boolean fits =
                size == 1
                        || (size <= 3
                                && name.get(size - 2).equalsIgnoreCase("session")
                                && (size == 2 || name.getFirst().equalsIgnoreCase("system")));
        if (!fits) {
            throw noVariable(ErrorCode.UNRESOLVED_VARIABLE, name, where);
        }
        return name.getLast();
    }

    private static EngineException noVariable(
            ErrorCode code, List<String> name, SourceRange where) {
        return new EngineException(
                code,
                Map.of(
                        "variableName",
                        CommandContext.quoted(name),
                        "searchPath",
                        "`system`.`session`"),
                where);
    }

    private void declare(RoutineStatement.DeclareVariable declare) {
        SourceRange where = declare.nameRange();
        for (List<String> parts : declare.names()) {
            String name = variableName(parts, where);
            if (!declare.replace() && catalog.temporary().variable(name).isPresent()) {
                throw new EngineException(
                        ErrorCode.VARIABLE_ALREADY_EXISTS,
                        Map.of("variableName", "`system`.`session`.`" + name + "`"),
                        where);
            }
        }
        Analyzer.Constant initial =
                declare.initial().isPresent()
                        ? commands.session()
                                .analyzer(declare.context(), commands.settings())
                                .constant(declare.initial().get(), declare.type().orElse(null))
                        : new Analyzer.Constant(null, declare.type().orElse(DataType.NULL));
        for (List<String> parts : declare.names()) {
            catalog.temporary()
                    .set(
                            new Variable(
                                    variableName(parts, where),
                                    initial.type(),
                                    initial.value(),
                                    initial.value()));
        }
    }

    private void set(RoutineStatement.SetVariables set) {
        List<Variable> targets = new ArrayList<>();
        for (List<String> parts : set.targets()) {
            Variable variable =
                    catalog.temporary()
                            .variable(variableName(parts, set.nameRange()))
                            .orElseThrow(() ->
                                    noVariable(
                                            ErrorCode.UNRESOLVED_VARIABLE, parts, set.nameRange()));
            boolean twice =
                    targets.stream().anyMatch(v -> v.name().equalsIgnoreCase(variable.name()));
            if (twice) {
                throw new EngineException(
                        ErrorCode.DUPLICATE_ASSIGNMENTS,
                        Map.of("nameList", "`" + variable.name() + "`"),
                        set.nameRange());
            }
            targets.add(variable);
        }
        List<@Nullable Object> values = values(set, targets);
        for (int i = 0; i < targets.size(); i++) {
            catalog.temporary().set(targets.get(i).withValue(values.get(i)));
        }
    }

    /// Runs the values as one row of a query: they may hold subqueries.
    private List<@Nullable Object> values(
            RoutineStatement.SetVariables set, List<Variable> targets) {
        LogicalPlan plan = set.query().orElseGet(() -> oneRow(set, targets));
        int columns = commands.analyzed(plan, set.context()).schema().size();
        if (columns != targets.size()) {
            throw new EngineException(
                    ErrorCode.ASSIGNMENT_ARITY_MISMATCH,
                    Map.of("numTarget", targets.size(), "numExpr", columns),
                    set.nameRange());
        }
        LogicalPlan cast = cast(plan, targets);
        QueryResult result =
                commands.query().execute(commands.query().planning().plan(cast, set.context()));
        try {
            if (result.rowCount() > 1) {
                throw new EngineException(
                        ErrorCode.ROW_SUBQUERY_TOO_MANY_ROWS, Map.of(), set.nameRange());
            }
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < targets.size(); i++) {
                values.add(result.rowCount() == 0 ? null : result.value(0, i));
            }
            return values;
        } finally {
            result.close();
        }
    }

    private static LogicalPlan oneRow(RoutineStatement.SetVariables set, List<Variable> targets) {
        List<Expr> exprs = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Expr value = set.values().get(i);
            boolean initial =
                    value instanceof Expr.UnresolvedAttribute(var parts, var where)
                            && parts.size() == 1
                            && parts.getFirst().equalsIgnoreCase("DEFAULT");
            Expr given =
                    initial
                            ? new Expr.Literal(targets.get(i).initial(), targets.get(i).type())
                            : value;
            exprs.add(new Expr.Alias(given, "value" + i, set.context().newAttributeId()));
        }
        return new LogicalPlan.Project(
                new LogicalPlan.LocalRelation(List.of(), List.of(List.of())), exprs);
    }

    /// The values as the variables' types.
    private static LogicalPlan cast(LogicalPlan plan, List<Variable> targets) {
        List<String> names = new ArrayList<>();
        List<Expr> casts = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            names.add("value" + i);
            casts.add(
                    new Expr.Alias(
                            new Expr.Cast(
                                    new Expr.UnresolvedAttribute(List.of("value" + i), null),
                                    targets.get(i).type(),
                                    dev.vitrine.engine.expr.EvalMode.ANSI),
                            "value" + i,
                            0));
        }
        return new LogicalPlan.Project(
                new LogicalPlan.SubqueryAlias(plan, "assigned", names), casts);
    }
}
