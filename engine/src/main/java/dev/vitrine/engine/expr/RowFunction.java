package dev.vitrine.engine.expr;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a program's code makes of rows. The optimizer cannot look into it.
public interface RowFunction {
    /// Which rows one call sees.
    enum Scope {
        /// Any number of rows; what is made of one does not depend on the others.
        ROWS,
        /// All rows of a partition.
        PARTITION,
        /// All rows of a group: those that are equal in the first columns.
        GROUP
    }

    /// What it does and to which classes, as plans show it: `MapElements Person → String`.
    String text();

    Scope scope();

    /// The rows made of some rows; values boxed as [dev.vitrine.engine.types.DataType] says. What
    /// is not asked of the result need not be read from `input`.
    Iterator<List<@Nullable Object>> rows(Iterator<@Nullable Object[]> input);
}
