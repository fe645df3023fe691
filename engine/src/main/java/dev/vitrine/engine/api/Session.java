package dev.vitrine.engine.api;

import dev.vitrine.engine.event.EventBus;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.settings.Settings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A session: catalog, settings, functions, executors and memory; the entry point. Safe to use from
/// many threads.
///
/// Nothing here blocks but [#close] and what says so; queries run on the session's executors.
public interface Session extends AutoCloseable {
    /// A query for one SQL statement, not started. Syntax errors are thrown here, all others end
    /// the query.
    ///
    /// @throws dev.vitrine.engine.error.EngineException PARSE_SYNTAX_ERROR and the like, with their
    ///   place in `text`
    Query sql(String text);

    /// A query for one SQL statement whose parameters, `:name`, have these values, not started.
    ///
    /// @param parameters values as [Functions#lit] takes them, or [Column]s that are constant
    /// @throws dev.vitrine.engine.error.EngineException UNBOUND_SQL_PARAMETER where one is missing,
    ///   and what [#sql(String)] throws
    Query sql(String text, Map<String, ?> parameters);

    /// A query for one SQL statement whose parameters, `?`, have these values in their order.
    ///
    /// @throws dev.vitrine.engine.error.EngineException as [#sql(String, Map)]
    Query sql(String text, @Nullable Object... parameters);

    /// A query for an unresolved plan, not started.
    ///
    /// @param label what people call it, for example the pipeline's name
    Query query(LogicalPlan plan, PlanContext context, String label);

    /// Parses and analyzes a statement without running it; never throws for what the user wrote.
    Analysis analyze(String text);

    /// Analyzes an unresolved plan without running it.
    Analysis analyze(LogicalPlan plan, PlanContext context);

    /// What may be typed at `offset` of a text that need not be finished, best first; never throws.
    default List<Candidate> complete(String text, int offset) {
        return List.of();
    }

    /// Tables and views, for the catalog tree and for completion.
    List<TableInfo> tables();

    /// Gives a plan a name as a temporary view, replacing what had it.
    void createTempView(String name, LogicalPlan plan, PlanContext context);

    Settings settings();

    /// Changes a setting for queries made from now on.
    void set(String key, String value);

    /// Drops what is kept of files read before (schemas, footers, statistics): the next query reads
    /// them afresh. Files that change are noticed without it.
    default void forgetFiles() {}

    /// Events of all queries.
    EventBus events();

    /// Cancels what runs, waits for it, and frees all memory.
    @Override
    void close();
}
