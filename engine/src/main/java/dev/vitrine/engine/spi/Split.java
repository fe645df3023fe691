package dev.vitrine.engine.spi;

/// A part of a table that one task reads. Connectors make records of their own that implement it.
public interface Split {
    /// For people: file and range, for example `flights.parquet [row groups 3-5]`.
    String description();

    /// Bytes this part reads, estimated.
    long sizeBytes();

    /// Rows in this part, or -1 where unknown before reading.
    long rowCount();

    /// The executor that holds the rows, or empty where any may read them.
    default String executor() {
        return "";
    }
}
