package dev.vitrine.engine.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SqlFormatterTest {
    @Test
    void clausesStandOnLinesOfTheirOwn() {
        formats(
                "select a, B as c,count( * ) from t where a>1 and b<-2 group by a,b having count(*)>1"
                        + " order by a desc nulls last limit 10 offset 5",
                """
                SELECT a, B AS c, count(*)
                FROM t
                WHERE a > 1 AND b < -2
                GROUP BY a, b
                HAVING count(*) > 1
                ORDER BY a DESC NULLS LAST
                LIMIT 10
                OFFSET 5\
                """);
    }

    @Test
    void whatIsTooLongIsBrokenAtItsParts() {
        formats(
                "select first_column_of_the_table, second_column_of_the_table, third_column_of_the_table,"
                        + " coalesce(fourth_column, 0) as fourth from some_table where first_column_of_the_table"
                        + " between 1 and 10 and second_column_of_the_table like 'abc%' and (x = 1 or y = 2)",
                """
                SELECT
                  first_column_of_the_table,
                  second_column_of_the_table,
                  third_column_of_the_table,
                  coalesce(fourth_column, 0) AS fourth
                FROM some_table
                WHERE first_column_of_the_table BETWEEN 1 AND 10
                  AND second_column_of_the_table LIKE 'abc%'
                  AND (x = 1 OR y = 2)\
                """);
    }

    @Test
    void subqueriesAreIndented() {
        formats(
                "with c as (select 1 as x), d(y) as (select 2) select * from (select x from c) s"
                        + " where x in (select y from d) and exists (select 1 from d where y = x)",
                """
                WITH c AS (
                  SELECT 1 AS x
                ),
                d(y) AS (
                  SELECT 2
                )
                SELECT *
                FROM (
                  SELECT x
                  FROM c
                ) s
                WHERE x IN (
                    SELECT y
                    FROM d
                  )
                  AND EXISTS (
                    SELECT 1
                    FROM d
                    WHERE y = x
                  )\
                """);
    }

    @Test
    void joinsAndSetOperations() {
        formats(
                "select * from a join b on a.id=b.id left outer join c using(id), d union all select * from e",
                """
                SELECT *
                FROM a
                JOIN b ON a.id = b.id
                LEFT OUTER JOIN c USING (id),
                d
                UNION ALL
                SELECT *
                FROM e\
                """);
    }

    @Test
    void commentsStayWhereTheyAre() {
        formats(
                """
                -- what it is for
                select a, -- the first
                  /* hint */ b /* b */ from t -- where from
                -- not yet
                where a = 1 -- end
                ; -- beside
                -- alone
                """,
                """
                -- what it is for
                SELECT
                  a, -- the first
                  /* hint */ b /* b */
                FROM t -- where from
                -- not yet
                WHERE a = 1 -- end
                ; -- beside

                -- alone
                """);
    }

    @Test
    void namesKeepTheirCaseEvenWhereTheyAreKeywords() {
        formats(
                "select Date, Left(Name, 2), first.Last, `Group` from Year as first",
                """
                SELECT Date, Left(Name, 2), first.Last, `Group`
                FROM Year AS first\
                """);
    }

    @Test
    void expressionsAreSpaced() {
        formats(
                "select - -1, -x, a- -b, not(a or b), cast(a as array<struct<x:int,y:map<string,int>>>),"
                        + "a[1].b::int, 1>>2, !a, ~a, date'2020-01-01'+interval'1'day, 'a' 'b', t.*",
                """
                SELECT
                  - -1,
                  -x,
                  a - -b,
                  NOT (a OR b),
                  CAST(a AS ARRAY<STRUCT<x: int, y: MAP<string, int>>>),
                  a[1].b::int,
                  1 >> 2,
                  !a,
                  ~a,
                  DATE '2020-01-01' + INTERVAL '1' DAY,
                  'a' 'b',
                  t.*\
                """);
    }

    @Test
    void casesAndWindows() {
        formats(
                "select case when a=1 then 'one' else 'more' end, sum(a) filter(where a>0)"
                        + " over(partition by b order by c rows between 1 preceding and current row) from t",
                """
                SELECT
                  CASE WHEN a = 1 THEN 'one' ELSE 'more' END,
                  sum(a) FILTER (WHERE a > 0) OVER (
                    PARTITION BY b
                    ORDER BY c
                    ROWS BETWEEN 1 PRECEDING AND CURRENT ROW
                  )
                FROM t\
                """);
    }

    @Test
    void statementsAreSetApartAndSettingsLeftAlone() {
        formats(
                "set spark.sql.x =  some  value;;explain   extended select 1;create or replace temp view v as"
                        + " select 1;\n",
                """
                set spark.sql.x =  some  value;;

                EXPLAIN EXTENDED
                SELECT 1;

                CREATE OR REPLACE TEMP VIEW v AS
                SELECT 1;
                """);
    }

    @Test
    void whatDoesNotParseStaysAsItIs() {
        assertEquals("select  from where", SqlFormatter.format("select  from where"));
        assertEquals("select  'a\n;\n\nSELECT 1", SqlFormatter.format("select  'a\n;\n\nSELECT 1"));
        assertEquals("  \n", SqlFormatter.format("  \n"));
        assertEquals("", SqlFormatter.format(""));
    }

    private static void formats(String sql, String expected) {
        assertEquals(expected, SqlFormatter.format(sql));
        assertEquals(expected, SqlFormatter.format(expected), "a second time");
    }
}
