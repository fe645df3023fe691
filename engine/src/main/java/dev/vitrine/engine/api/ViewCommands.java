package dev.vitrine.engine.api;

import dev.vitrine.engine.analysis.NamedRelations;
import dev.vitrine.engine.catalog.QualifiedName;
import dev.vitrine.engine.catalog.Relation;
import dev.vitrine.engine.catalog.StoredView;
import dev.vitrine.engine.catalog.Table;
import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.catalog.View;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.settings.StorageLevel;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes and drops views, and keeps their rows in memory.
final class ViewCommands {
    private final CommandContext commands;
    private final LocalSession session;

    ViewCommands(CommandContext commands) {
        this.commands = commands;
        this.session = commands.session();
    }

    QueryResult create(Statement.CreateView view) {
        if (view.life() == Statement.ViewLife.STORED) {
            createStored(view);
            return commands.nothing();
        }
        LogicalPlan plan =
                view.columns().isEmpty()
                        ? view.plan()
                        : new LogicalPlan.SubqueryAlias(
                                view.plan(), view.name().getLast(), view.columns());
        boolean global = view.life() == Statement.ViewLife.GLOBAL;
        String name = temporaryName(view.name(), global, view.nameRange());
        if (!view.columns().isEmpty()) {
            checkNames(
                    view,
                    commands.analyzed(view.plan(), view.context()).schema().size(),
                    "`" + name + "`");
        }
        createTemporary(
                new View(
                        name,
                        "view",
                        plan,
                        view.context(),
                        view.query(),
                        commands.catalog().temporary().currentDatabase(),
                        global),
                view.replace(),
                view.ifNotExists(),
                view.nameRange());
        return commands.nothing();
    }

    private static String temporaryName(List<String> name, boolean global, SourceRange where) {
        boolean inGlobal = global && name.getFirst().equalsIgnoreCase(View.GLOBAL);
        if (name.size() > (inGlobal ? 2 : 1)) {
            throw new EngineException(
                    ErrorCode.TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS,
                    Map.of("actualName", CommandContext.quoted(name)),
                    where);
        }
        return name.getLast();
    }

    QueryResult create(Statement.CreateViewUsing view) {
        Map<String, String> options = new HashMap<>(view.options());
        Optional<String> path = Optional.ofNullable(options.remove("path"));
        boolean global = view.life() == Statement.ViewLife.GLOBAL;
        LogicalPlan files =
                new LogicalPlan.UnresolvedFiles(
                        view.format(),
                        path.stream().toList(),
                        view.schema(),
                        options,
                        view.nameRange());
        createTemporary(
                new View(
                        temporaryName(view.name(), global, view.nameRange()),
                        "file",
                        files,
                        new PlanContext(),
                        path.orElse(view.format()),
                        commands.catalog().temporary().currentDatabase(),
                        global),
                view.replace(),
                false,
                view.nameRange());
        return commands.nothing();
    }

    private void createTemporary(
            View view, boolean replace, boolean ifNotExists, SourceRange where) {
        List<String> name =
                view.global() ? List.of(View.GLOBAL, view.name()) : List.of(view.name());
        if (ifNotExists && commands.catalog().temporaryView(name).isPresent()) {
            return;
        }
        refuseTwice(commands.analyzed(view.plan(), view.context()).schema().names(), where);
        try {
            commands.catalog().createView(view, replace);
            session.uncache(view.key());
        } catch (EngineException e) {
            throw e.at(where);
        }
    }

    /// A name stands for one column.
    static void refuseTwice(List<String> names, SourceRange where) {
        List<String> seen = new ArrayList<>();
        for (String name : names) {
            if (seen.contains(name.toLowerCase(Locale.ROOT))) {
                throw new EngineException(
                        ErrorCode.COLUMN_ALREADY_EXISTS,
                        Map.of("columnName", "`" + name + "`"),
                        where);
            }
            seen.add(name.toLowerCase(Locale.ROOT));
        }
    }

    private static void checkNames(Statement.CreateView view, int given, String name) {
        int wanted = view.columns().size();
        if (wanted != given) {
            throw new EngineException(
                    wanted > given
                            ? ErrorCode.CREATE_VIEW_COLUMN_ARITY_MISMATCH__NOT_ENOUGH_DATA_COLUMNS
                            : ErrorCode.CREATE_VIEW_COLUMN_ARITY_MISMATCH__TOO_MANY_DATA_COLUMNS,
                    Map.of("viewName", name, "viewColumns", wanted, "dataColumns", given),
                    view.nameRange());
        }
    }

    private void createStored(Statement.CreateView view) {
        QualifiedName name = commands.catalog().place(view.name());
        commands.catalog().database(name.database());
        Optional<Relation> before = commands.catalog().warehouse().relation(name);
        if (before.isPresent() && !view.replace()) {
            if (view.ifNotExists()) {
                return;
            }
            throw new EngineException(
                    ErrorCode.TABLE_OR_VIEW_ALREADY_EXISTS,
                    Map.of("relationName", name.quoted()),
                    view.nameRange());
        }
        if (before.isPresent() && before.get() instanceof Table) {
            throw new EngineException(
                    ErrorCode.EXPECT_VIEW_NOT_TABLE__NO_ALTERNATIVE,
                    Map.of("operation", "CREATE OR REPLACE VIEW", "tableName", name.quoted()),
                    view.nameRange());
        }
        List<TableColumn> columns = columns(name, view);
        StoredView stored =
                new StoredView(
                        name,
                        columns,
                        !view.columns().isEmpty(),
                        view.query(),
                        commands.catalog().temporary().currentDatabase(),
                        meaning(),
                        view.properties(),
                        view.comment(),
                        System.currentTimeMillis());
        store(stored, view.plan(), view.nameRange());
    }

    private List<TableColumn> columns(QualifiedName name, Statement.CreateView view) {
        List<Field> fields = commands.analyzed(view.plan(), view.context()).schema().fields();
        if (!view.columns().isEmpty()) {
            checkNames(view, fields.size(), name.quoted());
        }
        List<TableColumn> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            TableColumn column =
                    TableColumn.of(
                            view.columns().isEmpty()
                                    ? field
                                    : new Field(
                                            view.columns().get(i), field.type(), field.nullable()));
            columns.add(
                    view.columns().isEmpty()
                            ? column
                            : column.withComment(view.columnComments().get(i)));
        }
        refuseTwice(columns.stream().map(TableColumn::name).toList(), view.nameRange());
        return columns;
    }

    /// The settings that say what a query means.
    private Map<String, String> meaning() {
        Map<String, String> meaning = new TreeMap<>();
        meaning.put(Settings.ANSI.key(), commands.settings().get(Settings.ANSI));
        meaning.put(
                Settings.CASE_SENSITIVE.key(), commands.settings().get(Settings.CASE_SENSITIVE));
        return meaning;
    }

    /// Stores a view whose query needs nothing that goes with the session, nor the view itself.
    void store(StoredView view, LogicalPlan plan, SourceRange where) {
        for (List<String> name : NamedRelations.of(plan)) {
            if (commands.catalog().temporaryView(name).isPresent()) {
                throw new EngineException(
                        ErrorCode.INVALID_TEMP_OBJ_REFERENCE,
                        Map.of(
                                "objName", "the view " + view.name().quoted(),
                                "tempObjName", "the view " + CommandContext.quoted(name)),
                        where);
            }
        }
        refuseLoop(view, plan, where);
        commands.catalog().warehouse().store(view);
        session.uncache(view.key());
    }

    /// A view that leads to itself over others has no rows.
    private void refuseLoop(StoredView view, LogicalPlan plan, SourceRange where) {
        for (List<String> name : NamedRelations.of(plan)) {
            Optional<Relation> found = commands.catalog().stored(name, view.database());
            if (found.isPresent() && found.get() instanceof StoredView inner) {
                if (inner.name().equals(view.name())) {
                    throw new EngineException(
                            ErrorCode.RECURSIVE_VIEW,
                            Map.of(
                                    "viewIdent", view.name().quoted(),
                                    "newPath", inner.name().quoted()),
                            where);
                }
                Statement.Query query = (Statement.Query) SqlParser.parse(inner.sql());
                refuseLoop(view, query.plan(), where);
            }
        }
    }

    QueryResult drop(Statement.DropView drop) {
        Optional<Relation> found = commands.catalog().relation(drop.name());
        if (found.isEmpty()) {
            if (drop.ifExists()) {
                return commands.nothing();
            }
            throw CommandContext.notFound(drop.name(), drop.nameRange());
        }
        switch (found.get()) {
            case View view -> commands.catalog().drop(view);
            case StoredView view -> commands.catalog().warehouse().drop(view);
            case Table table ->
                    throw new EngineException(
                            ErrorCode.WRONG_COMMAND_FOR_OBJECT_TYPE,
                            Map.of(
                                    "operation", "DROP VIEW",
                                    "requiredType", "a view",
                                    "objectName", table.name().quoted(),
                                    "foundType", "a table",
                                    "alternative", "Use DROP TABLE."),
                            drop.nameRange());
        }
        session.uncache(found.get().key());
        return commands.nothing();
    }

    /// Keeps the rows of a table or view: computes them now, or with the first query that reads
    /// them.
    QueryResult cache(Statement.CacheTable statement) {
        StorageLevel level =
                statement
                        .storageLevel()
                        .map(StorageLevel::fromString)
                        .orElse(StorageLevel.MEMORY_AND_DISK);
        statement.view().ifPresent(this::create);
        Relation relation = commands.relation(statement.name(), statement.nameRange());
        LogicalPlan plan =
                new LogicalPlan.UnresolvedRelation(statement.name(), statement.nameRange());
        if (!session.cachedPlans().holdsTable(relation.key())) {
            session.cachedPlans()
                    .keepTable(relation.key(), plan, statement.name().getLast(), level);
        }
        if (!statement.lazy()) {
            PlanContext context = new PlanContext();
            commands.query().reads().in(commands.analyzed(plan, context), context);
            commands.query().reads().complete();
        }
        return commands.nothing();
    }

    QueryResult uncache(Statement.UncacheTable statement) {
        Optional<Relation> relation = commands.catalog().relation(statement.name());
        if (relation.isPresent()) {
            session.uncache(relation.get().key());
        } else if (!statement.ifExists()) {
            throw CommandContext.notFound(statement.name(), statement.nameRange());
        }
        return commands.nothing();
    }
}
