package dev.vitrine.connectors.csv;

import dev.vitrine.connectors.file.DataFile;
import dev.vitrine.connectors.file.FileSplit;

/// The records that begin at byte `from` and end at byte `to` of a file; both are ends of records.
///
/// @param exact whether the ends were found by reading all before them, not by looking around them
record CsvSplit(DataFile file, long from, long to, boolean whole, boolean exact)
        implements FileSplit {
    @Override
    public String description() {
        return whole ? file.name() : file.name() + " [bytes " + from + "-" + (to - 1) + "]";
    }

    @Override
    public long sizeBytes() {
        return Math.min(to, file.sizeBytes()) - from;
    }

    @Override
    public long rowCount() {
        return -1;
    }
}
