package dev.vitrine.connectors.parquet;

import dev.vitrine.connectors.file.DataFile;
import dev.vitrine.connectors.file.FileSplit;
import java.util.List;

/// Some of the row groups of one file, by their numbers, or some rows of one of them.
///
/// @param isWhole whether all rows of these row groups are meant
/// @param firstRow the first row, counted from the first of the first row group
record ParquetSplit(
        DataFile file,
        List<Integer> rowGroups,
        int rowGroupsInFile,
        boolean isWhole,
        long firstRow,
        long rowCount,
        long sizeBytes)
        implements FileSplit {
    ParquetSplit {
        rowGroups = List.copyOf(rowGroups);
    }

    @Override
    public String description() {
        int first = rowGroups.getFirst();
        if (!isWhole) {
            long last = firstRow + rowCount - 1;
            return file.name() + " [row group " + first + ", rows " + firstRow + "-" + last + "]";
        }
        if (rowGroups.size() == rowGroupsInFile) {
            return file.name();
        }
        int last = rowGroups.getLast();
        return first == last
                ? file.name() + " [row group " + first + "]"
                : file.name() + " [row groups " + first + "-" + last + "]";
    }
}
