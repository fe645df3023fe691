package dev.vitrine.engine.api;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The rows of a query, boxed one after another. Ends the query at its end, or when it is closed;
/// for one thread.
public final class LocalRows implements Iterator<Row>, AutoCloseable {
    private final Query query;
    private final Schema schema;
    private final Iterator<Batch> batches;
    private @Nullable Batch batch;
    private int next;

    LocalRows(Query query) {
        this.query = query;
        try {
            QueryResult result = query.await();
            this.schema = result.schema();
            this.batches = result.batches().iterator();
        } catch (RuntimeException e) {
            query.close();
            throw e;
        }
    }

    @Override
    public boolean hasNext() {
        while (batch == null || next == batch.rowCount()) {
            if (!batches.hasNext()) {
                close();
                return false;
            }
            batch = batches.next();
            next = 0;
        }
        return true;
    }

    @Override
    public Row next() {
        if (!hasNext() || batch == null) {
            throw new NoSuchElementException();
        }
        List<@Nullable Object> values = new ArrayList<>(schema.size());
        for (int column = 0; column < schema.size(); column++) {
            values.add(batch.value(column, next));
        }
        next++;
        return JavaValues.row(values, schema);
    }

    @Override
    public void close() {
        batch = null;
        query.close();
    }
}
