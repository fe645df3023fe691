package dev.vitrine.connectors.file;

import dev.vitrine.engine.spi.Split;

/// A part of one file.
public interface FileSplit extends Split {
    DataFile file();
}
