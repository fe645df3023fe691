package dev.vitrine.connectors.json;

import dev.vitrine.connectors.file.DataFile;
import dev.vitrine.connectors.file.FileSplit;

/// The lines that begin from byte `from` up to, without, byte `to` of a file.
record JsonSplit(DataFile file, long from, long to, boolean whole) implements FileSplit {
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
