package dev.vitrine.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is stored is what another reader of the folder finds.
final class WarehouseTest {
    private static final DataType NESTED =
            new DataType.Struct(
                    List.of(
                            new Field("a b", new DataType.Array(DataType.BIGINT, false), false),
                            Field.of(
                                    "m",
                                    new DataType.MapOf(
                                            DataType.STRING, new DataType.Decimal(12, 3), true)),
                            Field.of(
                                    "i",
                                    new DataType.DayTimeInterval(
                                            DataType.DayTimeField.DAY,
                                            DataType.DayTimeField.MINUTE)),
                            Field.of(
                                    "y",
                                    new DataType.YearMonthInterval(
                                            DataType.YearMonthField.MONTH,
                                            DataType.YearMonthField.MONTH))));

    @TempDir Path folder;

    private Warehouse warehouse() {
        return new Warehouse(folder.resolve("w"));
    }

    private Table table(String name, DataType type) {
        QualifiedName qualified = new QualifiedName("default", name);
        return new Table(
                qualified,
                List.of(
                        TableColumn.of(new Field("a", type, false)),
                        new TableColumn(
                                "c",
                                DataType.STRING,
                                true,
                                Optional.of(new TextLength(true, 4)),
                                Optional.of("'x'"),
                                Optional.of("said \"so\""))),
                List.of("c"),
                "parquet",
                warehouse().tableLocation(qualified),
                false,
                Map.of("compression", "zstd"),
                Map.of("k", "v"),
                Optional.of("a table"),
                17);
    }

    @Test
    void everyTypeComesBackFromJson() {
        for (DataType.Simple simple : DataType.Simple.values()) {
            assertComesBack(table("t", simple));
        }
        assertComesBack(table("t", NESTED));
    }

    private void assertComesBack(Table table) {
        warehouse().store(table);
        assertEquals(Optional.of(table), warehouse().relation(table.name()));
    }

    @Test
    void namesOfAnySignsAreFiles() {
        Table odd = table("é/..\\:*?\"<>| %.table", DataType.INT);
        warehouse().store(odd);
        assertEquals(List.of(odd), warehouse().relations("default"));
        assertTrue(Path.of(odd.location()).startsWith(folder.resolve("w")));
        warehouse().drop(odd);
        assertEquals(List.of(), warehouse().relations("default"));
    }

    @Test
    void nothingIsMadeBeforeSomethingIsStored() {
        assertEquals(List.of("default"), databaseNames());
        assertEquals(List.of(), warehouse().relations("default"));
        assertFalse(Files.exists(folder.resolve("w")));
    }

    private List<String> databaseNames() {
        return warehouse().databases().stream().map(Database::name).toList();
    }

    @Test
    void viewsAndFunctionsComeBack() {
        StoredView view =
                new StoredView(
                        new QualifiedName("default", "v"),
                        List.of(TableColumn.of(Field.of("n", DataType.DOUBLE))),
                        true,
                        "SELECT 1.0D AS n -- so",
                        "default",
                        Map.of("spark.sql.ansi.enabled", "true"),
                        Map.of(),
                        Optional.empty(),
                        3);
        SqlFunction function =
                new SqlFunction(
                        new QualifiedName("default", "f"),
                        false,
                        List.of(TableColumn.of(Field.of("x", DataType.INT))),
                        Optional.of(DataType.INT),
                        List.of(),
                        false,
                        "x + 1",
                        false,
                        Optional.of("adds"),
                        "default");
        warehouse().store(view);
        warehouse().store(function);
        assertEquals(Optional.of(view), warehouse().relation(view.name()));
        assertEquals(List.of(function), warehouse().functions("default"));
    }

    @Test
    void aDroppedTableTakesItsFolderAndAnExternalOneLeavesIt() throws IOException {
        Table own = table("own", DataType.INT);
        Table external =
                table("external", DataType.INT).withLocation(folder.resolve("mine").toString());
        for (Table table : List.of(own, external)) {
            Files.createDirectories(Path.of(table.location()));
            Files.writeString(Path.of(table.location(), "part-0"), "rows");
            warehouse().store(table);
            warehouse().drop(table);
        }
        assertFalse(Files.exists(Path.of(own.location())));
        assertTrue(Files.exists(Path.of(external.location(), "part-0")));
    }

    @Test
    void aRenamedTableTakesItsFolderAlong() throws IOException {
        Table table = table("before", DataType.INT);
        Files.createDirectories(Path.of(table.location()));
        Files.writeString(Path.of(table.location(), "part-0"), "rows");
        warehouse().store(table);
        QualifiedName after = new QualifiedName("default", "after");
        warehouse().rename(table, after);
        assertEquals(Optional.empty(), warehouse().relation(table.name()));
        Table renamed = (Table) warehouse().relation(after).orElseThrow();
        assertTrue(Files.exists(Path.of(renamed.location(), "part-0")));
    }

    @Test
    void aFileThatIsNoJsonIsNamed() throws IOException {
        Table table = table("t", DataType.INT);
        warehouse().store(table);
        Path file = folder.resolve("w/_catalog/default/t.table.json");
        Files.writeString(file, "{ half");
        EngineException e =
                assertThrows(EngineException.class, () -> warehouse().relation(table.name()));
        assertEquals(ErrorCode.FILE_UNREADABLE, e.code());
        assertTrue(String.valueOf(e.getMessage()).contains("t.table.json"));
    }

    @Test
    void aDatabaseThatIsDroppedKeepsFilesOfOthers() throws IOException {
        Path shared = folder.resolve("shared");
        Files.createDirectories(shared);
        Files.writeString(shared.resolve("notes.txt"), "mine");
        Database database =
                new Database("d", shared.toString(), Optional.of("c"), Map.of("k", "v"));
        warehouse().store(database);
        assertEquals(Optional.of(database), warehouse().database("D"));
        assertEquals(List.of("d", "default"), databaseNames());
        warehouse().drop(database);
        assertEquals(List.of("default"), databaseNames());
        assertTrue(Files.exists(shared.resolve("notes.txt")));
    }
}
