package dev.vitrine.engine.api;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.rdd.Encoder;
import dev.vitrine.engine.rdd.Encoders;
import dev.vitrine.engine.rdd.Rdd;
import dev.vitrine.engine.types.Schema;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Frames of Rdds, and Rdds of frames.
final class RddFrames {
    private RddFrames() {}

    static Rdd<Row> rdd(DataFrame frame) {
        Schema schema = frame.schema();
        return frame.sparkSession()
                .sparkContext()
                .ofRows(frame.plan(), values -> JavaValues.row(Arrays.asList(values), schema));
    }

    static <T extends @Nullable Object> Dataset<T> dataset(
            Session session, Rdd<T> objects, Encoder<T> encoder) {
        LogicalPlan plan = session.sparkContext().rows(objects, encoder.schema(), encoder::write);
        return new Dataset<>(new DataFrame(session, plan), encoder);
    }

    static DataFrame frame(Session session, Rdd<Row> rows, Schema schema) {
        return new DataFrame(
                session,
                session.sparkContext().rows(rows, schema, row -> JavaValues.boxed(row, schema)));
    }

    static <T> DataFrame frame(Session session, Rdd<T> objects, Class<T> type) {
        Encoder<T> encoder = type.isRecord() ? Encoders.of(type) : Encoders.bean(type);
        return dataset(session, objects, encoder).toDF();
    }
}
