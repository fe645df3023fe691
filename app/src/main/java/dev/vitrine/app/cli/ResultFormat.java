package dev.vitrine.app.cli;

/// How results are printed.
enum ResultFormat {
    TABLE,
    CSV,
    JSON,
    JSONL,
    MARKDOWN,
    ARROW
}
