package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.settings.StorageLevel;
import dev.vitrine.engine.spi.FolderPartitions;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.storage.BlockStore;
import dev.vitrine.engine.storage.CacheCause;
import dev.vitrine.engine.storage.CachedRelation;
import dev.vitrine.engine.storage.CachedScan;
import dev.vitrine.engine.types.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Rows that cut the lineage of the plan that gave them: with the session, or in files. Safe for
/// many threads.
final class Checkpoints {
    private final LocalSession session;
    private final CachedPlans cached;
    private final List<CachedRelation> local = new ArrayList<>();
    private final String folder = UUID.randomUUID().toString();
    private int next = 1;

    Checkpoints(LocalSession session, CachedPlans cached) {
        this.session = session;
        this.cached = cached;
    }

    /// The plan that reads a plan's rows from where the session keeps them, for as long as it is
    /// open: no executor takes them with it.
    ///
    /// @param eager whether they are computed now, or by the first query that reads them
    LogicalPlan local(LogicalPlan plan, boolean eager) {
        PlanContext context = new PlanContext();
        LogicalPlan analyzed = session.analyzed(plan, context, session.settings());
        CachedRelation relation;
        synchronized (this) {
            BlockStore store = new BlockStore("driver", session.arbiter(), Long.MAX_VALUE);
            relation =
                    cached.relation(
                            "checkpoint-" + next++,
                            analyzed,
                            context,
                            StorageLevel.MEMORY_AND_DISK,
                            Optional.of(store));
            local.add(relation);
        }
        if (eager) {
            CacheReads reads =
                    new CacheReads(
                            cached, () -> new CacheCause(0, session.events(), 0), () -> false);
            new CachedScan(relation, reads).complete();
            reads.close();
        }
        return CachedPlans.reading(relation, relation.schema(), analyzed.schema());
    }

    /// The plan that reads a plan's rows from files in the folder for checkpoints, which outlive
    /// the session.
    ///
    /// @throws EngineException INVALID_SETTING where there is no such folder
    LogicalPlan reliable(LogicalPlan plan, boolean eager) {
        String parent = session.settings().get(Settings.CHECKPOINT_DIR);
        if (parent.isEmpty()) {
            throw new EngineException(
                    ErrorCode.INVALID_SETTING,
                    Map.of(
                            "key", Settings.CHECKPOINT_DIR.key(),
                            "value", "''",
                            "expected", "the folder for checkpoints"));
        }
        Schema schema = session.analyzed(plan).schema();
        Schema stored = CachedPlans.distinctNames(schema);
        Path path;
        synchronized (this) {
            path = Path.of(parent).resolve(folder).resolve("checkpoint-" + next++);
        }
        CheckpointTable table =
                new CheckpointTable(
                        path.toString(),
                        stored,
                        reader -> written(plan, schema, stored, path, reader));
        if (eager) {
            table.complete(Optional.empty());
        }
        return CachedPlans.reading(table, stored, schema);
    }

    private TableSource written(
            LogicalPlan plan,
            Schema schema,
            Schema stored,
            Path path,
            Optional<CacheReads> reader) {
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            Expr column = new Expr.InputColumn(plan, i, schema.field(i).name());
            columns.add(new Expr.Alias(column, stored.field(i).name(), 0));
        }
        String format = session.settings().get(Settings.DEFAULT_FORMAT);
        LogicalPlan write =
                new LogicalPlan.Write(
                        new LogicalPlan.Project(plan, columns),
                        format,
                        path.toString(),
                        SaveMode.ERROR_IF_EXISTS,
                        Map.of(),
                        FolderPartitions.NONE);
        try (Query query = session.query(write, new PlanContext(), "checkpoint")) {
            reader.ifPresent(waiting -> waiting.waitsFor(query::cancel));
            query.await();
        } finally {
            reader.ifPresent(waiting -> waiting.waitsFor(() -> {}));
        }
        return session.relations()
                .open(format, List.of(path.toString()), Optional.of(stored), Map.of(), null);
    }

    /// Lets go of rows that the session keeps.
    synchronized void close() {
        local.forEach(CachedRelation::release);
    }
}
