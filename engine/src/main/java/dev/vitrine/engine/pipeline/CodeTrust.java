package dev.vitrine.engine.pipeline;

/// Says which code of documents may run here. A document may come from elsewhere, and its code may
/// do whatever the program may.
@FunctionalInterface
public interface CodeTrust {
    CodeTrust EVERYTHING = source -> true;

    boolean trusts(String source);
}
