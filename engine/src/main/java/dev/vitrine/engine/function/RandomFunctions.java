package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Random values and numbers of rows: what depends on the task and on the rows before.
final class RandomFunctions {
    private static final String G = "misc";
    private static final int ROWS_PER_PARTITION_BITS = 33;

    private RandomFunctions() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>(numbers());
        all.addAll(places());
        return all;
    }

    /// The generator of one place of an expression; `seed` is what the call says, or NULL.
    private static XorShiftRandom random(CallSite site, @Nullable Object seed) {
        long start = seed instanceof Number n ? n.longValue() : 0;
        return TaskPlace.state(
                site,
                XorShiftRandom.class,
                () -> new XorShiftRandom(start + TaskPlace.currentPartition()));
    }

    /// A call without a seed gets one that differs from run to run.
    private static FunctionCall seeded(FunctionCall call, int at) {
        List<Expr> args = new ArrayList<>(call.args());
        if (args.size() <= at) {
            args.add(Expr.Literal.of(ThreadLocalRandom.current().nextLong()));
        }
        call.withArgs(args).constant(args.get(at), "seed");
        if (!args.get(at).type().isIntegral() && args.get(at).type() != DataType.NULL) {
            throw call.withArgs(args).unexpected(at, "INT\" or \"BIGINT");
        }
        return call.withArgs(args);
    }

    private static List<FunctionEntry> numbers() {
        return List.of(
                define(G, "rand([seed])", "A random number from 0 to below 1.", "", "")
                        .maybe(ArgType.BIGINT)
                        .prepared(call -> seeded(call, 0))
                        .returns(DataType.DOUBLE)
                        .seesNulls(ScalarDefinition.Nullability.NEVER)
                        .varies()
                        .computedBy((a, s) -> random(s, a[0]).nextDouble())
                        .alsoNamed("random"),
                define(
                                G,
                                "randn([seed])",
                                "A random number of the standard normal distribution.",
                                "",
                                "")
                        .maybe(ArgType.BIGINT)
                        .prepared(call -> seeded(call, 0))
                        .returns(DataType.DOUBLE)
                        .seesNulls(ScalarDefinition.Nullability.NEVER)
                        .varies()
                        .computedBy((a, s) -> random(s, a[0]).nextGaussian()),
                define(
                                G,
                                "uniform(min, max[, seed])",
                                "A random number from min to below max, of their type.",
                                "",
                                "")
                        .takes(ArgType.NUMERIC, ArgType.NUMERIC)
                        .maybe(ArgType.BIGINT)
                        .prepared(RandomFunctions::bounded)
                        .returns(call ->
                                CommonTypes.of(call.args().subList(0, 2)).orElse(call.type(0)))
                        .varies()
                        .computedBy(RandomFunctions::uniform),
                define(
                                G,
                                "randstr(length[, seed])",
                                "A random string of digits and letters.",
                                "",
                                "")
                        .takes(ArgType.INT)
                        .maybe(ArgType.BIGINT)
                        .prepared(call -> {
                            call.constant(call.arg(0), "length");
                            if (!call.type(0).isIntegral() && call.type(0) != DataType.NULL) {
                                throw call.unexpected(0, "INT\" or \"SMALLINT");
                            }
                            return seeded(call, 1);
                        })
                        .returns(DataType.STRING)
                        .varies()
                        .fails()
                        .computedBy((a, s) -> letters((Integer) a[0], random(s, a[1]))),
                define(G, "uuid([seed])", "A random UUID.", "", "")
                        .maybe(ArgType.BIGINT)
                        .returns(DataType.STRING)
                        .varies()
                        .computedBy((a, s) -> uuid(a, s)));
    }

    private static Object uuid(@Nullable Object[] a, CallSite site) {
        if (a.length == 0) {
            return UUID.randomUUID().toString();
        }
        XorShiftRandom random = random(site, a[0]);
        long high = random.nextLong() & 0xFFFFFFFFFFFF0FFFL | 0x4000L;
        long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    private static FunctionCall bounded(FunctionCall call) {
        call.constant(call.arg(0), "min");
        call.constant(call.arg(1), "max");
        for (int i = 0; i < 2; i++) {
            if (!call.type(i).isNumeric() && call.type(i) != DataType.NULL) {
                throw call.unexpected(i, "NUMERIC");
            }
        }
        return seeded(call, 2);
    }

    private static @Nullable Object uniform(@Nullable Object[] a, CallSite site) {
        double min = ((Number) a[0]).doubleValue();
        double max = ((Number) a[1]).doubleValue();
        double value = min + (max - min) * random(site, a[2]).nextDouble();
        return Casting.caster(DataType.DOUBLE, site.type(), site.mode(), ZoneOffset.UTC)
                .cast(value);
    }

    @SuppressWarnings("RandomModInteger") // the remainder of a number below zero is made positive
    private static Object letters(int length, XorShiftRandom random) {
        if (length < 0) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER_VALUE__LENGTH,
                    Map.of("functionName", "`randstr`", "parameter", "`length`", "length", length));
        }
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            // Not nextInt(62): the letters are to be Spark's.
            int choice = Math.abs(random.nextInt() % 62);
            text[i] =
                    (byte)
                            (choice < 10
                                    ? '0' + choice
                                    : choice < 36 ? 'a' + choice - 10 : 'A' + choice - 36);
        }
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static List<FunctionEntry> places() {
        return List.of(
                define(
                                G,
                                "monotonically_increasing_id()",
                                "A number that grows from row to row; the partition is in its upper bits.",
                                "",
                                "")
                        .returns(DataType.BIGINT)
                        .varies()
                        .computedBy((a, s) -> {
                            long[] row = TaskPlace.state(s, long[].class, () -> new long[1]);
                            return ((long) TaskPlace.currentPartition() << ROWS_PER_PARTITION_BITS)
                                    + row[0]++;
                        }),
                define(
                                G,
                                "spark_partition_id()",
                                "The partition in which the row is computed.",
                                "",
                                "")
                        .returns(DataType.INT)
                        .varies()
                        .computedBy((a, s) -> TaskPlace.currentPartition()));
    }
}
