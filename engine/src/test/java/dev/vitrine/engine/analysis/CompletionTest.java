package dev.vitrine.engine.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.analysis.CompletionCandidate.Kind;
import dev.vitrine.engine.fixtures.FakeConnector;
import dev.vitrine.engine.fixtures.Planning;
import dev.vitrine.engine.function.FunctionRegistry;

import org.junit.jupiter.api.Test;

import java.util.List;

class CompletionTest {
    private final Planning planning =
            new Planning(
                    new FakeConnector()
                            .table("flights", "origin STRING, delay INT, distance INT")
                            .table("airports", "iata STRING, city STRING"));

    /// Candidates at the `|` of a text.
    private List<CompletionCandidate> at(String marked) {
        int caret = marked.indexOf('|');
        return Completion.candidates(
                marked.substring(0, caret) + marked.substring(caret + 1),
                caret,
                planning.catalog(),
                FunctionRegistry.builtin(),
                planning.settings());
    }

    private List<String> labels(String marked, Kind kind) {
        return at(marked).stream()
                .filter(c -> c.kind() == kind)
                .map(CompletionCandidate::label)
                .toList();
    }

    @Test
    void tablesComeAfterFromAndJoinAndComma() {
        assertTrue(
                labels("select * from |", Kind.TABLE).containsAll(List.of("airports", "flights")));
        assertEquals(List.of("flights"), labels("select * from fl|", Kind.TABLE));
        assertTrue(labels("select * from flights f join a|", Kind.TABLE).contains("airports"));
        assertTrue(labels("select * from flights, |", Kind.TABLE).contains("airports"));
        assertTrue(labels("select origin, | from flights", Kind.TABLE).isEmpty());
    }

    @Test
    void columnsAreThoseOfTheFromClauseEvenIfItFollows() {
        assertEquals(
                List.of("origin", "delay", "distance"),
                labels("select | from flights", Kind.COLUMN));
        assertEquals(
                List.of("delay", "distance"), labels("select d| from flights where", Kind.COLUMN));
        assertEquals(
                List.of("city"),
                labels(
                        "select f.delay from flights f join airports a on f.origin = a.iata where"
                                + " a.c|",
                        Kind.COLUMN));
        assertEquals(
                List.of("iata", "city"),
                labels("select a.| from flights f, airports as a", Kind.COLUMN));
        assertEquals(
                List.of("k"),
                labels("select x.| from (select delay as k from flights) x", Kind.COLUMN));
    }

    @Test
    void commonTablesAreKnown() {
        assertTrue(
                labels("with late as (select origin o from flights) select * from l|", Kind.TABLE)
                        .contains("late"));
        assertEquals(
                List.of("o"),
                labels(
                        "with late as (select origin o from flights) select | from late",
                        Kind.COLUMN));
    }

    @Test
    void innerQueriesSeeTheirOwnTablesFirst() {
        List<String> columns =
                labels(
                        "select * from flights where exists (select 1 from airports where |)",
                        Kind.COLUMN);
        assertEquals("iata", columns.getFirst());
        assertTrue(columns.contains("delay"));
    }

    @Test
    void functionsCarrySignatureAndDoc() {
        CompletionCandidate upper =
                at("select upp| from flights").stream()
                        .filter(c -> c.kind() == Kind.FUNCTION)
                        .findFirst()
                        .orElseThrow();
        assertEquals("upper()", upper.insert());
        assertEquals("upper(str)", upper.detail());
        assertEquals(7, upper.start());
        assertFalse(upper.doc().isEmpty());
    }

    @Test
    void onlyTheStatementAtTheCaretCounts() {
        assertEquals(
                List.of("iata"),
                labels("select 1 from flights; select ia| from airports; select", Kind.COLUMN));
    }

    @Test
    void nothingIsOfferedInStringsAndComments() {
        assertTrue(at("select 'fl|' from flights").isEmpty());
        assertTrue(at("select 1 -- fl| \n from flights").isEmpty());
        assertTrue(at("select 'fl|").isEmpty());
    }

    @Test
    void anyPrefixOfAnyTextIsSurvived() {
        String text =
                "with a as (select * from flights) select a.delay, count(*) from a join (select 1"
                        + " x) b on a.delay = b.x where 'x' in (select";
        for (int i = 0; i <= text.length(); i++) {
            at(text.substring(0, i) + "|" + text.substring(i));
            at(text.substring(0, i) + "|");
        }
    }
}
