package dev.vitrine.engine.api;

import dev.vitrine.engine.rdd.Encoder;

/// An aggregate function of the user's, which can be computed in parts; under Spark's name.
///
/// @param <IN> a row's value
/// @param <BUF> what is known of the rows so far
/// @param <OUT> the result
public abstract class Aggregator<IN, BUF, OUT> {
    /// What is known of no rows.
    public abstract BUF zero();

    /// What is known with one more row; may change `buffer` and give it back.
    public abstract BUF reduce(BUF buffer, IN row);

    /// What is known of the rows of both; may change `first` and give it back.
    public abstract BUF merge(BUF first, BUF second);

    public abstract OUT finish(BUF buffer);

    public abstract Encoder<BUF> bufferEncoder();

    public abstract Encoder<OUT> outputEncoder();
}
