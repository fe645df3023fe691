package dev.vitrine.connectors.parquet;

import dev.vitrine.connectors.file.DataFile;
import dev.vitrine.connectors.file.FileSplit;
import java.util.List;

/// Some of the row groups of one file, by their numbers.
record ParquetSplit(
        DataFile file, List<Integer> rowGroups, int rowGroupsInFile, long sizeBytes, long rowCount)
        implements FileSplit {
    ParquetSplit {
        rowGroups = List.copyOf(rowGroups);
    }

    @Override
    public String description() {
        if (rowGroups.size() == rowGroupsInFile) {
            return file.name();
        }
        int first = rowGroups.getFirst();
        int last = rowGroups.getLast();
        return first == last
                ? file.name() + " [row group " + first + "]"
                : file.name() + " [row groups " + first + "-" + last + "]";
    }
}
