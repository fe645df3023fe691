package dev.vitrine.engine.api;

import dev.vitrine.engine.analysis.AnalyzedFrame;
import dev.vitrine.engine.event.EventBus;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.FunctionEntry;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.rdd.Encoder;
import dev.vitrine.engine.rdd.JobRunner;
import dev.vitrine.engine.rdd.Rdd;
import dev.vitrine.engine.rdd.SparkContext;
import dev.vitrine.engine.schedule.Executors;
import dev.vitrine.engine.schedule.FaultPlan;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.settings.StorageLevel;
import dev.vitrine.engine.snapshot.CacheStatus;
import dev.vitrine.engine.sql.Parameters;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Schema;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A session: catalog, settings, functions, executors and memory; the entry point. Safe to use from
/// many threads.
///
/// There are two ways in. [#query] gives a handle of one run, for windows and tools: nothing about
/// it blocks but what says so. [#sql], [#table], [#read] and the like give a [DataFrame] as Spark's
/// session does: its actions block until their rows are there.
public interface Session extends AutoCloseable, JobRunner {
    /// Opens sessions, under the names of Spark's builder.
    static SessionBuilder builder() {
        return new SessionBuilder();
    }

    // Runs

    /// Reads a statement of this session.
    ///
    /// @throws dev.vitrine.engine.error.EngineException PARSE_SYNTAX_ERROR and the like, with their
    ///   place in `text`; UNBOUND_SQL_PARAMETER where a parameter has no value
    Statement parse(String text, Parameters parameters);

    /// A query for one SQL statement, not started. Syntax errors are thrown here, all others end
    /// the query.
    ///
    /// @throws dev.vitrine.engine.error.EngineException what [#parse] throws
    default Query query(String text) {
        return query(parse(text, Parameters.NONE));
    }

    /// A query for one SQL statement whose parameters, `:name`, have these values, not started.
    ///
    /// @param parameters values as [Functions#lit] takes them, or [Column]s that are constant
    /// @throws dev.vitrine.engine.error.EngineException what [#parse] throws
    default Query query(String text, Map<String, ?> parameters) {
        return query(parse(text, Literals.named(parameters)));
    }

    /// A query for one SQL statement whose parameters, `?`, have these values in their order.
    ///
    /// @throws dev.vitrine.engine.error.EngineException what [#parse] throws
    default Query query(String text, @Nullable Object... parameters) {
        return query(parse(text, Literals.positional(parameters)));
    }

    /// A query for a statement, not started.
    Query query(Statement statement);

    /// A query for an unresolved plan, not started.
    ///
    /// @param label what people call it, for example the pipeline's name
    default Query query(LogicalPlan plan, PlanContext context, String label) {
        return query(new Statement.Query(plan, context, label));
    }

    /// Parses and analyzes a statement without running it; never throws for what the user wrote.
    Analysis analyze(String text);

    /// Analyzes an unresolved plan without running it.
    Analysis analyze(LogicalPlan plan, PlanContext context);

    /// What an unresolved plan would read and where it would move rows, found without running it.
    ///
    /// @throws dev.vitrine.engine.error.EngineException with the first thing that is wrong
    PlanSummary summarize(LogicalPlan plan, PlanContext context);

    /// The analyzed form of an unresolved plan.
    ///
    /// @throws dev.vitrine.engine.error.EngineException with the first thing that is wrong
    LogicalPlan analyzed(LogicalPlan plan);

    /// What a frame's plan gives, found over what is known of the frame that it was made of.
    ///
    /// @throws dev.vitrine.engine.error.EngineException with the first thing that is wrong
    AnalyzedFrame frame(LogicalPlan plan, Optional<AnalyzedFrame> below);

    /// What may be typed at `offset` of a text that need not be finished, best first; never throws.
    default List<Candidate> complete(String text, int offset) {
        return List.of();
    }

    // Frames

    /// The rows of a query, lazily; any other statement runs at once, and its answer is the frame.
    ///
    /// @throws dev.vitrine.engine.error.EngineException for what is wrong in the text, the names or
    ///   types, and for whatever fails in a statement that is no query
    default DataFrame sql(String text) {
        return DataFrame.of(this, parse(text, Parameters.NONE));
    }

    /// [#sql(String)] with values for the parameters `:name`, as [Functions#lit] takes them.
    default DataFrame sql(String text, Map<String, ?> parameters) {
        return DataFrame.of(this, parse(text, Literals.named(parameters)));
    }

    /// [#sql(String)] with values for the parameters `?` in their order.
    default DataFrame sql(String text, @Nullable Object... parameters) {
        return DataFrame.of(this, parse(text, Literals.positional(parameters)));
    }

    /// A table or view by name.
    ///
    /// @throws dev.vitrine.engine.error.EngineException TABLE_OR_VIEW_NOT_FOUND
    default DataFrame table(String name) {
        return new DataFrame(
                this, new LogicalPlan.UnresolvedRelation(AttributeName.parts(name), null));
    }

    /// Reads files.
    default DataFrameReader read() {
        return new DataFrameReader(this);
    }

    /// Whole numbers from 0 to before `end` in a column `id`.
    default DataFrame range(long end) {
        return range(0, end);
    }

    default DataFrame range(long start, long end) {
        return range(start, end, 1);
    }

    /// @param step may be negative, but not 0
    default DataFrame range(long start, long end, long step) {
        if (step == 0) {
            throw new IllegalArgumentException("The step of a range is not 0");
        }
        Expr.Attribute id = new Expr.Attribute(1, "id", DataType.BIGINT, false);
        return new DataFrame(this, new LogicalPlan.Range(id, start, end, step));
    }

    /// The range in so many partitions.
    default DataFrame range(long start, long end, long step, int partitions) {
        return range(start, end, step).repartition(partitions);
    }

    /// Rows that a program has; docs/api.md lists the Java classes of values.
    ///
    /// @throws dev.vitrine.engine.error.EngineException INVALID_EXTERNAL_TYPE where a value is none
    ///   of its column's type
    default DataFrame createDataFrame(List<Row> rows, Schema schema) {
        return new DataFrame(
                this,
                LocalRelations.of(
                        schema.fields(),
                        rows.stream().map(row -> JavaValues.boxed(row, schema)).toList()));
    }

    /// @param schema `a INT, b STRING`
    default DataFrame createDataFrame(List<Row> rows, String schema) {
        return createDataFrame(rows, SqlParser.parseSchema(schema));
    }

    /// Objects that a program has.
    default <T extends @Nullable Object> Dataset<T> createDataset(
            List<T> objects, Encoder<T> encoder) {
        return Dataset.of(this, objects, encoder);
    }

    default <T extends @Nullable Object> Dataset<T> emptyDataset(Encoder<T> encoder) {
        return createDataset(List.of(), encoder);
    }

    default DataFrame emptyDataFrame() {
        return createDataFrame(List.of(), new Schema(List.of()));
    }

    // Rdds

    /// Makes Rdds, accumulators and broadcast variables; one for each session.
    SparkContext sparkContext();

    /// The objects of an Rdd.
    default <T extends @Nullable Object> Dataset<T> createDataset(
            Rdd<T> objects, Encoder<T> encoder) {
        return RddFrames.dataset(this, objects, encoder);
    }

    /// The rows of an Rdd.
    ///
    /// @throws dev.vitrine.engine.error.EngineException INVALID_EXTERNAL_TYPE, from actions, where
    ///   a value is none of its column's type
    default DataFrame createDataFrame(Rdd<Row> rows, Schema schema) {
        return RddFrames.frame(this, rows, schema);
    }

    /// @param schema `a INT, b STRING`
    default DataFrame createDataFrame(Rdd<Row> rows, String schema) {
        return createDataFrame(rows, SqlParser.parseSchema(schema));
    }

    /// The objects of an Rdd of records or beans, their components as columns.
    default <T> DataFrame createDataFrame(Rdd<T> objects, Class<T> type) {
        return RddFrames.frame(this, objects, type);
    }

    @Override
    default <R extends @Nullable Object> R run(
            LogicalPlan plan, String label, Function<Iterator<List<@Nullable Object>>, R> reading) {
        try (Query query = query(plan, new PlanContext(), label)) {
            return reading.apply(query.await().iterator());
        }
    }

    // Names and settings

    /// Databases, tables, views and functions, under Spark's names.
    default SessionCatalog catalog() {
        return new SessionCatalog(this);
    }

    /// Gives functions of the user's names in this session.
    default UDFRegistration udf() {
        return new UDFRegistration(this);
    }

    /// Makes a function of the user's known by its name, in place of whatever had it.
    void register(FunctionEntry function);

    /// The settings, under Spark's names.
    default RuntimeConfig conf() {
        return new RuntimeConfig(this);
    }

    /// Tables and views, for the catalog tree and for completion.
    List<TableInfo> tables();

    /// Gives a plan a name as a temporary view, replacing what had it.
    void createTempView(String name, LogicalPlan plan, PlanContext context);

    /// Gives a plan a name as a temporary view.
    ///
    /// @param global whether as `global_temp.name`
    /// @throws dev.vitrine.engine.error.EngineException TEMP_TABLE_OR_VIEW_ALREADY_EXISTS
    void createTempView(String name, LogicalPlan plan, boolean global, boolean replace);

    @Override
    Settings settings();

    /// Changes a setting for queries made from now on.
    void set(String key, String value);

    // Executors and jobs

    /// The executors: what there is, and how to kill or decommission one.
    @Override
    Executors executors();

    /// Gives queries made from now on a group, under which they can be cancelled together, and a
    /// description for people.
    @Override
    void setJobGroup(String id, String description);

    @Override
    void setJobDescription(String description);

    /// Cancels the queries of a group that are under way.
    ///
    /// @return how many there were
    @Override
    int cancelJobGroup(String id);

    /// As [#provoke(FaultPlan)], for a plan in its text form.
    default void provoke(String plan) {
        provoke(FaultPlan.parse(plan));
    }

    /// Has the faults of a plan come about in queries made from now on; those of an empty plan are
    /// none. The same as the setting `vitrine.faults`.
    default void provoke(FaultPlan plan) {
        set(Settings.FAULTS.key(), plan.faults().isEmpty() ? "" : plan.text());
    }

    // Kept rows

    /// Has the rows of a plan kept at a level once a query has computed them; nothing where those
    /// of a plan that gives the same are kept already.
    @Override
    void keep(LogicalPlan plan, StorageLevel level);

    /// Whether the rows of a plan, this very object, are to be kept.
    boolean keeps(LogicalPlan plan);

    /// The level at which the rows of a plan, or of one that gives the same, are to be kept.
    @Override
    StorageLevel storageLevel(LogicalPlan plan);

    /// Lets go of a plan's rows.
    @Override
    void release(LogicalPlan plan);

    /// What is cached, with the partitions that each executor holds.
    List<CacheStatus> cached();

    /// A plan that reads a plan's rows from where they are kept, and knows no more of how they came
    /// about.
    ///
    /// @param reliable whether in files of the folder for checkpoints; else with the session, for
    ///   as long as it is open
    /// @param eager whether they are computed now, or by the first query that reads them
    @Override
    LogicalPlan checkpoint(LogicalPlan plan, boolean reliable, boolean eager);

    /// Sets the folder for the files of checkpoints.
    @Override
    default void setCheckpointDir(String folder) {
        set(Settings.CHECKPOINT_DIR.key(), folder);
    }

    /// Whether a plan reads the files of a table.
    boolean reads(LogicalPlan plan, List<String> table);

    /// Drops what is kept of files read before (schemas, footers, statistics): the next query reads
    /// them afresh. Files that change are noticed without it.
    default void forgetFiles() {}

    /// Events of all queries.
    EventBus events();

    /// Cancels what runs, waits for it, and frees all memory.
    @Override
    void close();

    /// The same as [#close].
    default void stop() {
        close();
    }
}
