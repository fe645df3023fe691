package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.rdd.Encoder;
import dev.vitrine.engine.rdd.Encoders;
import dev.vitrine.engine.rdd.Tuple2;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Joins of data sets whose result is pairs.
final class TypedJoin {
    private TypedJoin() {}

    static <T extends @Nullable Object, U extends @Nullable Object> Dataset<Tuple2<T, U>> of(
            Dataset<T> left, Dataset<U> right, Column condition, String how) {
        if (FrameJoins.type(how).leftOnly()) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_JOIN_TYPE,
                    Map.of("typ", "'" + how + "'", "supported", "inner, cross, left, right, full"));
        }
        JoinType type = FrameJoins.type(how);
        boolean leftMayLack = type == JoinType.RIGHT_OUTER || type == JoinType.FULL_OUTER;
        boolean rightMayLack = type == JoinType.LEFT_OUTER || type == JoinType.FULL_OUTER;
        // The condition names columns of the frames themselves, which stay where they are; a column
        // beside them says whether there was a partner.
        DataFrame one = left.toDF();
        DataFrame two = right.toDF();
        int oneSize = one.schema().size();
        DataFrame joined = one.select(marked(one)).join(two.select(marked(two)), condition, how);
        List<Column> columns = joined.all();
        Column first =
                side(columns.subList(0, oneSize + 1), one, left.encoder(), leftMayLack).as("_1");
        Column second =
                side(
                                columns.subList(oneSize + 1, columns.size()),
                                two,
                                right.encoder(),
                                rightMayLack)
                        .as("_2");
        return joined.select(first, second).as(Encoders.tuple(left.encoder(), right.encoder()));
    }

    private static Column[] marked(DataFrame frame) {
        List<Column> columns = new java.util.ArrayList<>(frame.all());
        columns.add(Functions.lit(true).as("is there"));
        return columns.toArray(Column[]::new);
    }

    private static Column side(
            List<Column> columns, DataFrame frame, Encoder<?> encoder, boolean mayLack) {
        Column object =
                encoder.isProduct()
                        ? Functions.struct(
                                columns.subList(0, columns.size() - 1).toArray(Column[]::new))
                        : columns.getFirst();
        if (!encoder.isProduct() && frame.schema().size() != 1) {
            throw EngineException.internal("a value of several columns");
        }
        return mayLack ? Functions.when(columns.getLast().isNotNull(), object) : object;
    }
}
