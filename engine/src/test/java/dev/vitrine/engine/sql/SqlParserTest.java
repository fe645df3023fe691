package dev.vitrine.engine.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SqlParserTest {
    private static Expr expr(String text) {
        return SqlParser.parseExpression(text, new PlanContext());
    }

    private static String sql(String text) {
        return expr(text).sql();
    }

    private static LogicalPlan plan(String text) {
        return ((Statement.Query) SqlParser.parse(text)).plan();
    }

    private static EngineException error(String text) {
        return assertThrows(EngineException.class, () -> SqlParser.parse(text));
    }

    @Test
    void operatorsBindAsInSpark() {
        assertEquals("((a + (b * c)) > (d % 2))", sql("a + b * c > d % 2"));
        assertEquals("((a - b) - c)", sql("a - b - c"));
        assertEquals("(a OR (b AND (NOT c)))", sql("a or b and not c"));
        assertEquals("((a & b) | c)", sql("a & b | c"));
        assertEquals("((a || b) + c)", sql("a || b + c"));
        assertEquals("((- a) + -1)", sql("- a + -1"));
        assertEquals("CAST(a AS INT)", sql("a::int"));
        assertEquals("CAST(a.b AS DECIMAL(10,2))", sql("a.b::decimal(10, 2)"));
    }

    @Test
    void predicatesAreRead() {
        assertEquals("between(a, 1, (2 + 3))", sql("a between 1 and 2 + 3"));
        assertEquals("(NOT (a IN (1, 2)))", sql("a NOT IN (1, 2)"));
        assertEquals("(a IS NOT NULL)", sql("a is not null"));
        assertEquals("(NOT a LIKE x%)", sql("a not like 'x%'"));
        assertEquals("(NOT (a <=> b))", sql("a is distinct from b"));
        assertEquals("a LIKE b ESCAPE '/'", sql("a like b escape '/'"));
        assertEquals("(a LIKE x OR a LIKE y)", sql("a like any ('x', 'y')"));
    }

    @Test
    void everyWordIsANameWhereNothingElseCanStand() {
        assertEquals(
                List.of("create", "from", "a"),
                SqlParser.parseSchema("create INT, from STRING, a DATE").fields().stream()
                        .map(field -> field.name())
                        .toList());
        assertInstanceOf(
                Statement.Query.class,
                SqlParser.parse("select all, a as where from values (1, 2) as t(all, select)"));
        assertEquals(ErrorCode.PARSE_SYNTAX_ERROR, error("select where from t").code());
    }

    @Test
    void numbersHaveTheTypesOfTheirForm() {
        assertEquals(new Expr.Literal(1, DataType.INT), expr("1"));
        assertEquals(new Expr.Literal(3_000_000_000L, DataType.BIGINT), expr("3000000000"));
        assertEquals(
                new Expr.Literal(new BigDecimal("1.5"), new DataType.Decimal(2, 1)), expr("1.5"));
        assertEquals(
                new Expr.Literal(new BigDecimal("0.05"), new DataType.Decimal(2, 2)), expr(".05"));
        assertEquals(new Expr.Literal(1000.0, DataType.DOUBLE), expr("1e3"));
        assertEquals(new Expr.Literal((byte) -128, DataType.TINYINT), expr("-128Y"));
        assertEquals(
                new Expr.Literal(Long.MIN_VALUE, DataType.BIGINT), expr("-9223372036854775808"));
        assertEquals(new Expr.Literal(1.5f, DataType.FLOAT), expr("1.5f"));
        EngineException e = assertThrows(EngineException.class, () -> expr("128Y"));
        assertEquals(ErrorCode.INVALID_NUMERIC_LITERAL_RANGE, e.code());
    }

    @Test
    void stringsLoseQuotesAndEscapes() {
        assertEquals(Expr.Literal.of("it's"), expr("'it''s'"));
        assertEquals(Expr.Literal.of("it's"), expr("\"it's\""));
        assertEquals(Expr.Literal.of("a\tb\\"), expr("'a\\tb\\\\'"));
        assertEquals(Expr.Literal.of("ab"), expr("'a' 'b'"));
        assertEquals(Expr.Literal.of("\\d"), expr("r'\\d'"));
        assertEquals(Expr.Literal.of("\\%"), expr("'\\%'"));
        assertEquals(Expr.Literal.of("A"), expr("'\\u0041'"));
    }

    @Test
    void typedLiteralsAreChecked() {
        assertEquals(new Expr.Literal(1, DataType.DATE), expr("date '1970-01-02'"));
        EngineException e = assertThrows(EngineException.class, () -> expr("1 + date 'x'"));
        assertEquals(ErrorCode.INVALID_TYPED_LITERAL, e.code());
        assertEquals(Optional.of(new SourceRange(4, 12)), e.where());
        DataType days =
                new DataType.DayTimeInterval(DataType.DayTimeField.DAY, DataType.DayTimeField.DAY);
        Expr ninety = new Expr.Literal(90 * 86_400_000_000L, days);
        assertEquals(ninety, expr("interval '90' day"));
        assertEquals(ninety, expr("interval 90 days"));
        assertEquals(ninety, expr("interval '90 days'"));
        assertEquals("INTERVAL '1-2' YEAR TO MONTH", sql("interval '1-2' year to month"));
        assertEquals(
                "INTERVAL '1 02:03:04.5' DAY TO SECOND",
                sql("interval '1 2:03:04.5' day to second"));
    }

    @Test
    void specialCallsBecomeFunctions() {
        assertEquals("extract(year, d)", sql("extract(year from d)"));
        assertEquals("substring(s, 1, 2)", sql("substring(s from 1 for 2)"));
        assertEquals("ltrim(s, x)", sql("trim(leading 'x' from s)"));
        assertEquals("position(a, b)", sql("position('a' in 'b')").replace("'", ""));
        assertEquals("count(*)", sql("count(*)"));
        assertEquals(
                "sum(DISTINCT x) FILTER (WHERE (x > 1))",
                sql("sum(distinct x) filter (where x > 1)"));
        assertEquals("left(s, 2)", sql("left(s, 2)"));
        assertEquals("current_date", sql("current_date"));
        assertEquals("current_date()", sql("current_date()"));
    }

    @Test
    void queriesBecomePlansFromTheInsideOut() {
        LogicalPlan plan =
                plan(
                        "select distinct a, sum(b) s from t where c group by a having s > 1"
                                + " order by a desc limit 10 offset 2");
        LogicalPlan.Limit limit = assertInstanceOf(LogicalPlan.Limit.class, plan);
        LogicalPlan.Sort sort = assertInstanceOf(LogicalPlan.Sort.class, limit.input());
        LogicalPlan.Distinct distinct = assertInstanceOf(LogicalPlan.Distinct.class, sort.input());
        LogicalPlan.Filter having = assertInstanceOf(LogicalPlan.Filter.class, distinct.input());
        LogicalPlan.Aggregate aggregate =
                assertInstanceOf(LogicalPlan.Aggregate.class, having.input());
        assertInstanceOf(LogicalPlan.Filter.class, aggregate.input());
    }

    @Test
    void unionsOfOneLevelAreOneNode() {
        LogicalPlan plan = plan("select 1 union all select 2 union all select 3");
        assertEquals(3, assertInstanceOf(LogicalPlan.Union.class, plan).inputs().size());
        LogicalPlan nested = plan("(select 1 union all select 2) union all select 3");
        assertEquals(2, assertInstanceOf(LogicalPlan.Union.class, nested).inputs().size());
    }

    @Test
    void intersectBindsTighterThanUnion() {
        LogicalPlan plan = plan("select 1 union all select 2 intersect select 3");
        LogicalPlan.Union union = assertInstanceOf(LogicalPlan.Union.class, plan);
        assertInstanceOf(LogicalPlan.SetOperation.class, union.inputs().get(1));
    }

    @Test
    void joinsOfEveryKindAreRead() {
        for (String join :
                List.of(
                        "join",
                        "inner join",
                        "left join",
                        "left outer join",
                        "right join",
                        "full outer join",
                        "left semi join",
                        "semi join",
                        "left anti join",
                        "anti join")) {
            plan("select * from a " + join + " b on a.x = b.x");
            plan("select * from a " + join + " b using (x)");
        }
        plan("select * from a cross join b");
        plan("select * from a natural left join b");
        plan("select * from (a join b on true) join (select 1) c on true, d");
    }

    @Test
    void keywordsMayBeNamesWhereNothingElseFits() {
        plan("select date, first, year, t.desc from t as map");
        plan("select `select`, 1 as `a``b` from csv.`/x/y z.csv` as f(a, b)");
        plan("select interval '1' day, timestamp '2020-01-01 00:00:00', date '2020-01-01' d");
        plan("values (1, 'a'), (2, 'b')");
        plan("select * from values (1), (2) as t(x)");
        plan("select /*+ broadcast(t) */ * from t -- comment");
    }

    @Test
    void otherStatementsAreRead() {
        Statement.CreateViewUsing view =
                (Statement.CreateViewUsing)
                        SqlParser.parse(
                                "create or replace temp view v (a int, b string) using csv"
                                        + " options (path '/x', header true, 'sep' ';')");
        assertEquals("csv", view.format());
        assertEquals("/x", view.options().get("path"));
        assertEquals("true", view.options().get("header"));
        assertEquals(";", view.options().get("sep"));
        assertEquals(2, view.schema().orElseThrow().size());
        Statement.CreateView as =
                (Statement.CreateView) SqlParser.parse("CREATE TEMPORARY VIEW v AS SELECT 1;");
        assertEquals("SELECT 1", as.query());
        Statement.SetSetting set =
                (Statement.SetSetting) SqlParser.parse("SET spark.sql.x.y = a b, 'c'");
        assertEquals("spark.sql.x.y", set.key());
        assertEquals("a b, 'c'", set.value());
        assertInstanceOf(Statement.ShowSettings.class, SqlParser.parse("set"));
        assertInstanceOf(Statement.ResetSetting.class, SqlParser.parse("reset spark.x"));
        Statement.Explain explain =
                (Statement.Explain) SqlParser.parse("explain formatted select 1");
        assertEquals(ExplainMode.FORMATTED, explain.mode());
        assertInstanceOf(ShowStatement.Tables.class, SqlParser.parse("show tables"));
        assertInstanceOf(
                ShowStatement.Functions.class, SqlParser.parse("show functions like 'a*'"));
        assertInstanceOf(
                ShowStatement.DescribeFunction.class, SqlParser.parse("describe function abs"));
        assertInstanceOf(ShowStatement.DescribeTable.class, SqlParser.parse("desc t"));
        assertInstanceOf(Statement.DropView.class, SqlParser.parse("drop view if exists v"));
    }

    @Test
    void syntaxErrorsNameTheirPlace() {
        EngineException e = error("select a,\n from t");
        assertEquals(ErrorCode.PARSE_SYNTAX_ERROR, e.code());
        assertEquals(Optional.of(new SourceRange(11, 15)), e.where());
        assertTrue(String.valueOf(e.getMessage()).contains("'from'"), e.getMessage());
        assertTrue(String.valueOf(error("select (1").getMessage()).contains("end of input"));
        assertTrue(
                String.valueOf(error("select 'abc").getMessage())
                        .contains("string that does not end"));
        assertEquals(ErrorCode.PARSE_EMPTY_STATEMENT, error(" -- nothing\n").code());
        String smile = "select '\uD83D\uDE00' from";
        assertEquals(Optional.of(new SourceRange(16, 16)), error(smile).where());
    }

    @Test
    void wideAndDeepExpressionsAreRead() {
        String or =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> "a = " + i)
                        .collect(Collectors.joining(" or "));
        assertEquals(10_000, assertInstanceOf(Expr.Or.class, expr(or)).terms().size());
        String and =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> "a = " + i)
                        .collect(Collectors.joining(" and "));
        assertEquals(10_000, assertInstanceOf(Expr.And.class, expr(and)).terms().size());
        assertEquals("1", sql("(".repeat(1_000) + "1" + ")".repeat(1_000)));
        plan("select " + "(".repeat(300) + "select 1" + ")".repeat(300));
    }

    @Test
    void statementsAreCutAtSemicolons() {
        String text = "select ';' ; -- a; b\nselect 2;;\n/* ; */ select `;`";
        List<String> parts =
                SqlText.statements(text).stream()
                        .map(range -> text.substring(range.start(), range.end()))
                        .toList();
        assertEquals(List.of("select ';'", "select 2", "select `;`"), parts);
    }

    @Test
    void tokensCoverAnyText() {
        String text = "SELECT upper(a), 'x -- y' FROM t -- c\nWHERE 'open";
        List<TokenKind> kinds = SqlLexing.tokens(text).stream().map(SqlToken::kind).toList();
        assertEquals(
                List.of(
                        TokenKind.KEYWORD,
                        TokenKind.FUNCTION,
                        TokenKind.OPERATOR,
                        TokenKind.IDENTIFIER,
                        TokenKind.OPERATOR,
                        TokenKind.OPERATOR,
                        TokenKind.STRING,
                        TokenKind.KEYWORD,
                        TokenKind.IDENTIFIER,
                        TokenKind.COMMENT,
                        TokenKind.KEYWORD,
                        TokenKind.ERROR),
                kinds);
        assertTrue(SqlLexing.keywords().contains("SELECT"));
    }

    @Test
    void typesAreRead() {
        assertEquals(
                "array<map<string,struct<a:int,b:decimal(10,2)>>>",
                SqlParser.parseType("ARRAY<MAP<STRING, STRUCT<a: INT, b: DECIMAL(10, 2)>>>")
                        .catalogString());
        assertEquals(
                "struct<a:int,b c:string>",
                SqlParser.parseSchema("a INT NOT NULL, `b c` STRING").catalogString());
        assertThrows(EngineException.class, () -> SqlParser.parseType("DECIMAL(39)"));
    }
}
