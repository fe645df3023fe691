package dev.vitrine.engine.api;

/// A function of three columns, as [Functions#map_zip_with] takes it.
@FunctionalInterface
public interface TernaryOperator {
    Column apply(Column first, Column second, Column third);
}
