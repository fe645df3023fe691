package dev.vitrine.engine.expr;

/// An accumulator of numbers that keeps each as a 64-bit word; words are in order as the numbers
/// are. Its state is one BINARY value: the words one after the other, the low byte of each first.
public interface WordAccumulator extends Accumulator {
    /// Takes in the first `count` of `words`.
    void addWords(long[] words, int count);
}
