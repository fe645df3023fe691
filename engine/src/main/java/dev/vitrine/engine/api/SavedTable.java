package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.sql.TableStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A table that a frame's rows go to, by the statements that SQL has for it.
record SavedTable(Session session, LogicalPlan rows, List<String> name) {
    /// The statements were written nowhere.
    private static final SourceRange NOWHERE = new SourceRange(0, 0);

    /// What a new table is to be.
    record Definition(
            String format,
            Map<String, String> options,
            Map<String, String> properties,
            List<String> partitions) {}

    boolean exists() {
        return session.catalog().tableExists(String.join(".", quoted()));
    }

    private List<String> quoted() {
        return name.stream().map(part -> "`" + part.replace("`", "``") + "`").toList();
    }

    private void run(Statement statement) {
        try (Query query = session.query(statement)) {
            query.await();
        }
    }

    void create(Definition definition) {
        Map<String, String> options = new HashMap<>(definition.options());
        Optional<String> location = Optional.ofNullable(options.remove("path"));
        run(
                new TableStatement.Create(
                        name,
                        new TableStatement.Definition(
                                List.of(),
                                definition.partitions().stream()
                                        .map(p ->
                                                new TableStatement.PartitionColumn(
                                                        p, Optional.empty()))
                                        .toList(),
                                Optional.of(definition.format()),
                                options,
                                definition.properties(),
                                location,
                                Optional.empty(),
                                location.isPresent()),
                        Optional.of(rows),
                        new PlanContext(),
                        false,
                        NOWHERE,
                        "save as " + String.join(".", name)));
    }

    /// Drops the table, whose rows must not be among those to be written.
    ///
    /// @throws EngineException UNSUPPORTED_OVERWRITE.TABLE
    void drop() {
        if (session.reads(rows, name)) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_OVERWRITE__TABLE,
                    Map.of("table", String.join(".", quoted())));
        }
        run(new TableStatement.Drop(name, false, NOWHERE, "drop " + String.join(".", name)));
    }

    void insert(boolean overwrite, boolean byName) {
        LogicalPlan insert =
                new LogicalPlan.UnresolvedInsert(
                        rows, name, List.of(), byName, overwrite, List.of(), false, null);
        run(
                new Statement.Insert(
                        insert, new PlanContext(), "insert into " + String.join(".", name)));
    }
}
