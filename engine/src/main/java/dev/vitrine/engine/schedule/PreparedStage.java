package dev.vitrine.engine.schedule;

import dev.vitrine.engine.codegen.CompiledStage;
import dev.vitrine.engine.codegen.GeneratedCode;
import dev.vitrine.engine.codegen.StageCompiler;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.spi.Split;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What of a stage can be done before its parents have ended: the splits of its scans and, where
/// those have rows enough, its code.
final class PreparedStage {
    /// Tasks wanted for each slot, so that a slow one does not leave the others idle at the end.
    private static final int TASKS_PER_SLOT = 8;

    /// Bytes that are worth a task of their own.
    private static final long SMALLEST_SPLIT = 1L << 18;

    private final Stage stage;
    private final Settings settings;
    private final Consumer<GeneratedCode> report;
    private final Map<Integer, List<Split>> splits = new HashMap<>();
    private final long scannedRows;
    private final @Nullable CompiledStage compiled;

    /// @param report told of each class made, and of each that could not be
    PreparedStage(Stage stage, Settings settings, int slots, Consumer<GeneratedCode> report) {
        this.stage = stage;
        this.settings = settings;
        this.report = report;
        long rows = 0;
        for (PhysicalPlan node : stage.nodes()) {
            if (node instanceof PhysicalPlan.TableScan scan) {
                List<Split> parts = splits(scan, settings, slots);
                splits.put(scan.id(), parts);
                rows += rows(parts);
            } else if (node instanceof PhysicalPlan.RangeRows range) {
                rows += Math.abs((range.end() - range.start()) / range.step());
            }
        }
        scannedRows = rows;
        compiled = rows >= settings.getLong(Settings.CODEGEN_MIN_ROWS) ? compile(rows) : null;
    }

    private CompiledStage compile(long rows) {
        return StageCompiler.compile(stage.id(), stage.plan(), rows, settings, report);
    }

    Stage stage() {
        return stage;
    }

    /// By scan.
    Map<Integer, List<Split>> splits() {
        return splits;
    }

    /// The stage's code, now that the rows it reads from other stages are known.
    CompiledStage compiled(long rowsRead) {
        return compiled == null ? compile(scannedRows + rowsRead) : compiled;
    }

    /// The parts of a scan: of the setting's size at most, and smaller where that would leave slots
    /// without work for a while.
    private static List<Split> splits(PhysicalPlan.TableScan scan, Settings settings, int slots) {
        long largest = settings.getBytes(Settings.MAX_PARTITION_BYTES);
        List<Split> parts = scan.source().splits(scan.request(), largest);
        if (parts.size() >= TASKS_PER_SLOT * slots) {
            return parts;
        }
        long bytes = parts.stream().mapToLong(Split::sizeBytes).sum();
        long even = Math.max(SMALLEST_SPLIT, bytes / ((long) TASKS_PER_SLOT * slots));
        return even >= largest ? parts : scan.source().splits(scan.request(), even);
    }

    /// Rows in some splits; those that do not say are taken for a row each 50 bytes.
    private static long rows(List<Split> splits) {
        long rows = 0;
        for (Split split : splits) {
            rows += split.rowCount() >= 0 ? split.rowCount() : split.sizeBytes() / 50;
        }
        return rows;
    }
}
