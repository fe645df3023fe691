package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.Origin;
import dev.vitrine.engine.logical.PlanContext;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Reads `TABLESAMPLE (…)`: a share of the rows by percent or by buckets, or a number of rows.
final class Samples {
    private final SourceText source;
    private final PlanContext context;
    private final ExprBuilder exprs;

    Samples(SourceText source, PlanContext context, ExprBuilder exprs) {
        this.source = source;
        this.context = context;
        this.exprs = exprs;
    }

    LogicalPlan of(LogicalPlan plan, SqlGrammar.SampleContext node) {
        LogicalPlan sampled =
                switch (node.sampleSize()) {
                    case SqlGrammar.SampleRowsContext rows ->
                            new LogicalPlan.Limit(
                                    plan,
                                    Optional.of(exprs.expression(rows.expression())),
                                    Expr.Literal.of(0L));
                    case SqlGrammar.SamplePercentContext percent -> {
                        double share = number(percent.number().getText()) / 100;
                        yield share(plan, percent.MINUS() == null ? share : -share, node);
                    }
                    case SqlGrammar.SampleBucketContext bucket ->
                            share(
                                    plan,
                                    number(bucket.INTEGER_LITERAL(0).getText())
                                            / number(bucket.INTEGER_LITERAL(1).getText()),
                                    node);
                    default ->
                            throw EngineException.internal(
                                    "the sample " + node.sampleSize().getText());
                };
        return context.mark(sampled, Origin.ofSql(source.range(node)));
    }

    private LogicalPlan share(LogicalPlan plan, double fraction, SqlGrammar.SampleContext node) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new EngineException(
                    ErrorCode._LEGACY_ERROR_TEMP_0064,
                    Map.of("msg", "The sampled share " + fraction),
                    source.range(node));
        }
        long seed =
                node.seed == null
                        ? ThreadLocalRandom.current().nextLong()
                        : new BigDecimal(node.seed.getText()).longValue();
        return new LogicalPlan.Sample(plan, fraction, seed);
    }

    /// A number without the letters that say its type.
    private static double number(String text) {
        String digits =
                text.endsWith("BD") || text.endsWith("bd")
                        ? text.substring(0, text.length() - 2)
                        : text;
        char last = digits.charAt(digits.length() - 1);
        return Double.parseDouble(
                Character.isDigit(last)
                                || last == '.'
                                || last == 'd'
                                || last == 'D'
                                || last == 'f'
                                || last == 'F'
                        ? digits
                        : digits.substring(0, digits.length() - 1));
    }
}
