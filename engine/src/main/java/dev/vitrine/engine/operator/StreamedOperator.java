package dev.vitrine.engine.operator;

/// An operator that holds nothing back: it ends, is satisfied and is closed as the one above it is.
abstract class StreamedOperator implements Operator {
    final Operator above;

    StreamedOperator(Operator above) {
        this.above = above;
    }

    @Override
    public final void finish() {
        above.finish();
    }

    @Override
    public boolean satisfied() {
        return above.satisfied();
    }

    @Override
    public void close() {
        above.close();
    }
}
