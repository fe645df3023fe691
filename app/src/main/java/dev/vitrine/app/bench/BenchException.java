package dev.vitrine.app.bench;

/// A benchmark that cannot be run as asked: says what is missing and what to do.
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BenchException(String message) {
        super(message);
    }

    BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
