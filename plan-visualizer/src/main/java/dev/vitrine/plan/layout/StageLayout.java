package dev.vitrine.plan.layout;

import dev.vitrine.engine.snapshot.QuerySnapshot.StageState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Places stages in columns: each one column right of the last of its parents.
public final class StageLayout {
    private StageLayout() {}

    /// @param column from the left
    /// @param row from the top of its column
    public record Cell(int column, int row) {}

    /// Cells by stage id; stages come in topological order.
    public static Map<Integer, Cell> of(List<StageState> stages) {
        Map<Integer, Cell> cells = new HashMap<>();
        Map<Integer, Integer> filled = new HashMap<>();
        for (StageState stage : stages) {
            int column = 0;
            for (int parent : stage.parents()) {
                Cell cell = cells.get(parent);
                if (cell != null) {
                    column = Math.max(column, cell.column + 1);
                }
            }
            int row = filled.merge(column, 1, Integer::sum) - 1;
            cells.put(stage.stageId(), new Cell(column, row));
        }
        return cells;
    }
}
