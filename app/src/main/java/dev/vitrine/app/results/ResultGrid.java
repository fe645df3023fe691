package dev.vitrine.app.results;

import dev.vitrine.app.results.ResultText.Part;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;

/// A result's rows and columns. Only what is in sight exists: a label a visible cell, used again
/// for other rows while scrolling; values are read from Arrow when they come into sight.
final class ResultGrid extends Region {
    private static final double ROW = 24;
    private static final double HEADER = 40;
    private static final double CHARACTER = 7.3;
    private static final double PADDING = 28;
    private static final int MEASURED_ROWS = 200;
    private static final int LONGEST = 400;
    private static final PseudoClass NULL = PseudoClass.getPseudoClass("null");
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass NUMBER = PseudoClass.getPseudoClass("number");
    private static final PseudoClass ODD = PseudoClass.getPseudoClass("odd");

    private final QueryResult result;
    private final long rowCount;
    private final int columnCount;
    private final double[] widths;
    private final double[] lefts;
    private final double gutter;
    private final Pane header = new Pane();
    private final Pane body = new Pane();
    private final Label corner = new Label("#");
    private final ScrollBar vertical = new ScrollBar();
    private final ScrollBar horizontal = new ScrollBar();
    private final List<Row> rows = new ArrayList<>();
    private final Consumer<ResultText.Format> copy;
    private long anchorRow = -1;
    private int anchorColumn;
    private long leadRow;
    private int leadColumn;

    /// A visible row: its number, and a label per visible column.
    private static final class Row extends Pane {
        private final Label number = new Label();
        private final List<Label> cells = new ArrayList<>();

        private Row() {
            getStyleClass().add("grid-row");
            setManaged(false);
            number.setManaged(false);
            number.getStyleClass().add("grid-number");
            number.setAlignment(Pos.CENTER_RIGHT);
            getChildren().add(number);
        }
    }

    /// @param copy called when the user presses the keys for copying
    ResultGrid(QueryResult result, Consumer<ResultText.Format> copy) {
        this.result = result;
        this.copy = copy;
        this.rowCount = result.rowCount();
        this.columnCount = result.schema().size();
        this.widths = new double[columnCount];
        this.lefts = new double[columnCount + 1];
        this.gutter = Math.max(40, Long.toString(rowCount).length() * CHARACTER + 20);
        getStyleClass().add("grid");
        setId("grid");
        setFocusTraversable(true);
        setAccessibleText(rowCount + " rows");
        measure();
        vertical.setOrientation(Orientation.VERTICAL);
        horizontal.setOrientation(Orientation.HORIZONTAL);
        header.getStyleClass().add("grid-header");
        body.getStyleClass().add("grid-body");
        corner.getStyleClass().add("grid-corner");
        corner.setAlignment(Pos.CENTER_RIGHT);
        clip(header);
        clip(body);
        getChildren().addAll(body, header, corner, vertical, horizontal);
        buildHeader();
        vertical.valueProperty().addListener(o -> requestLayout());
        horizontal.valueProperty().addListener(o -> requestLayout());
        addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        body.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        body.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::draggedTo);
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    /// The rectangle that is selected, or all where nothing is.
    Part selection() {
        if (anchorRow < 0) {
            return new Part(0, rowCount, 0, columnCount);
        }
        return new Part(
                Math.min(anchorRow, leadRow),
                Math.max(anchorRow, leadRow) + 1,
                Math.min(anchorColumn, leadColumn),
                Math.max(anchorColumn, leadColumn) + 1);
    }

    private void measure() {
        for (int column = 0; column < columnCount; column++) {
            Field field = result.schema().field(column);
            int longest =
                    Math.max(field.name().length() + 1, field.type().catalogString().length());
            for (long row = 0; row < Math.min(rowCount, MEASURED_ROWS); row++) {
                longest = Math.max(longest, text(row, column).length());
            }
            widths[column] = Math.clamp(longest * CHARACTER + PADDING, 64, 320);
        }
        place();
    }

    private void place() {
        for (int column = 0; column < columnCount; column++) {
            lefts[column + 1] = lefts[column] + widths[column];
        }
    }

    private void buildHeader() {
        for (int column = 0; column < columnCount; column++) {
            Field field = result.schema().field(column);
            Label name = new Label(field.name());
            name.getStyleClass().add("grid-name");
            Label type = new Label(field.type().catalogString());
            type.getStyleClass().add("grid-type");
            VBox box = new VBox(name, type);
            box.getStyleClass().add("grid-column");
            box.setManaged(false);
            box.setAlignment(isRight(field.type()) ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
            int index = column;
            box.setOnMouseMoved(event ->
                    box.setCursor(
                            event.getX() > box.getWidth() - 6 ? Cursor.H_RESIZE : Cursor.DEFAULT));
            box.setOnMouseDragged(event -> {
                if (Cursor.H_RESIZE.equals(box.getCursor())) {
                    widths[index] = Math.clamp(event.getX(), 40, 800);
                    place();
                    requestLayout();
                }
            });
            box.setOnMouseClicked(event -> {
                if (!Cursor.H_RESIZE.equals(box.getCursor()) && rowCount > 0) {
                    select(0, index, rowCount - 1, index);
                }
            });
            header.getChildren().add(box);
        }
    }

    private static boolean isRight(DataType type) {
        return type.isNumeric();
    }

    private String text(long row, int column) {
        String text = result.text(row, column);
        if (text.length() > LONGEST) {
            text = text.substring(0, LONGEST) + "…";
        }
        return text.indexOf('\n') < 0 ? text : text.replace('\n', '⏎');
    }

    @Override
    protected void layoutChildren() {
        double bar = 12;
        double width = getWidth();
        double height = getHeight();
        boolean wide = lefts[columnCount] > width - gutter - bar;
        double bodyWidth = Math.max(0, width - gutter - bar);
        double bodyHeight = Math.max(0, height - HEADER - (wide ? bar : 0));
        corner.resizeRelocate(0, 0, gutter, HEADER);
        header.resizeRelocate(gutter, 0, width - gutter, HEADER);
        body.resizeRelocate(0, HEADER, gutter + bodyWidth, bodyHeight);
        vertical.resizeRelocate(width - bar, HEADER, bar, bodyHeight);
        horizontal.resizeRelocate(gutter, height - bar, bodyWidth, bar);
        horizontal.setVisible(wide);
        double all = rowCount * ROW;
        vertical.setVisible(all > bodyHeight);
        vertical.setMax(Math.max(0, all - bodyHeight));
        vertical.setVisibleAmount(all <= 0 ? 1 : vertical.getMax() * Math.min(1, bodyHeight / all));
        vertical.setUnitIncrement(ROW * 3);
        vertical.setBlockIncrement(bodyHeight);
        double columns = lefts[columnCount];
        horizontal.setMax(Math.max(0, columns - bodyWidth));
        horizontal.setVisibleAmount(
                columns <= 0 ? 1 : horizontal.getMax() * Math.min(1, bodyWidth / columns));
        double left = Math.rint(Math.clamp(horizontal.getValue(), 0, horizontal.getMax()));
        for (int column = 0; column < columnCount; column++) {
            header.getChildren()
                    .get(column)
                    .resizeRelocate(lefts[column] - left, 0, widths[column], HEADER);
        }
        layoutRows(
                Math.clamp(vertical.getValue(), 0, vertical.getMax()), left, bodyWidth, bodyHeight);
    }

    private void layoutRows(double top, double left, double bodyWidth, double bodyHeight) {
        int firstColumn = 0;
        while (firstColumn < columnCount - 1 && lefts[firstColumn + 1] <= left) {
            firstColumn++;
        }
        int endColumn = firstColumn;
        while (endColumn < columnCount && lefts[endColumn] < left + bodyWidth) {
            endColumn++;
        }
        long firstRow = (long) (top / ROW);
        int visible = (int) Math.min(rowCount - firstRow, (long) (bodyHeight / ROW) + 2);
        while (rows.size() < visible) {
            Row row = new Row();
            rows.add(row);
            body.getChildren().add(row);
        }
        Part selected = anchorRow < 0 ? new Part(-1, -1, -1, -1) : selection();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            row.setVisible(i < visible);
            if (i < visible) {
                long index = firstRow + i;
                row.resizeRelocate(0, Math.rint(index * ROW - top), gutter + bodyWidth, ROW);
                row.pseudoClassStateChanged(ODD, index % 2 == 1);
                fill(row, index, firstColumn, endColumn, left, selected);
            }
        }
    }

    private void fill(
            Row row, long index, int firstColumn, int endColumn, double left, Part selected) {
        int cells = endColumn - firstColumn;
        while (row.cells.size() < cells) {
            Label cell = new Label();
            cell.getStyleClass().add("grid-cell");
            cell.setManaged(false);
            row.cells.add(cell);
            row.getChildren().add(0, cell);
        }
        row.number.setText(Long.toString(index + 1));
        row.number.resizeRelocate(0, 0, gutter, ROW);
        for (int i = 0; i < row.cells.size(); i++) {
            Label cell = row.cells.get(i);
            cell.setVisible(i < cells);
            if (i >= cells) {
                continue;
            }
            int column = firstColumn + i;
            boolean right = isRight(result.schema().field(column).type());
            cell.setText(text(index, column));
            cell.pseudoClassStateChanged(NULL, result.value(index, column) == null);
            cell.pseudoClassStateChanged(NUMBER, right);
            cell.pseudoClassStateChanged(
                    SELECTED,
                    index >= selected.fromRow()
                            && index < selected.toRow()
                            && column >= selected.fromColumn()
                            && column < selected.toColumn());
            cell.resizeRelocate(gutter + lefts[column] - left, 0, widths[column], ROW);
        }
    }

    private void scrolled(ScrollEvent event) {
        vertical.setValue(
                Math.clamp(vertical.getValue() - event.getDeltaY(), 0, vertical.getMax()));
        horizontal.setValue(
                Math.clamp(horizontal.getValue() - event.getDeltaX(), 0, horizontal.getMax()));
        event.consume();
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        if (event.getButton() != MouseButton.PRIMARY) {
            return;
        }
        long row = rowAt(event.getY());
        if (row >= rowCount) {
            return;
        }
        if (event.getX() < gutter) {
            select(row, 0, row, columnCount - 1);
        } else if (event.isShiftDown() && anchorRow >= 0) {
            select(anchorRow, anchorColumn, row, columnAt(event.getX()));
        } else {
            int column = columnAt(event.getX());
            select(row, column, row, column);
        }
    }

    private void draggedTo(MouseEvent event) {
        if (anchorRow >= 0 && event.isPrimaryButtonDown()) {
            select(
                    anchorRow,
                    anchorColumn,
                    Math.clamp(rowAt(event.getY()), 0, rowCount - 1),
                    columnAt(event.getX()));
        }
    }

    private long rowAt(double y) {
        return (long) ((y + vertical.getValue()) / ROW);
    }

    private int columnAt(double x) {
        double at = x - gutter + horizontal.getValue();
        int column = 0;
        while (column < columnCount - 1 && lefts[column + 1] <= at) {
            column++;
        }
        return column;
    }

    private void select(long fromRow, int fromColumn, long toRow, int toColumn) {
        anchorRow = fromRow;
        anchorColumn = fromColumn;
        leadRow = toRow;
        leadColumn = toColumn;
        requestLayout();
    }

    private void key(KeyEvent event) {
        long page = Math.max(1, (long) (body.getHeight() / ROW) - 1);
        boolean shortcut = event.isShortcutDown();
        switch (event.getCode()) {
            case C -> {
                if (!shortcut) {
                    return;
                }
                copy.accept(
                        event.isShiftDown()
                                ? ResultText.Format.TSV_WITH_HEADER
                                : ResultText.Format.TSV);
            }
            case A -> {
                if (!shortcut || rowCount == 0) {
                    return;
                }
                select(0, 0, rowCount - 1, columnCount - 1);
            }
            case UP -> go(event, leadRow - 1, leadColumn);
            case DOWN -> go(event, leadRow + 1, leadColumn);
            case LEFT -> go(event, leadRow, leadColumn - 1);
            case RIGHT -> go(event, leadRow, leadColumn + 1);
            case PAGE_UP -> go(event, leadRow - page, leadColumn);
            case PAGE_DOWN -> go(event, leadRow + page, leadColumn);
            case HOME -> go(event, shortcut ? 0 : leadRow, 0);
            case END -> go(event, shortcut ? rowCount - 1 : leadRow, columnCount - 1);
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void go(KeyEvent event, long row, int column) {
        if (rowCount == 0) {
            return;
        }
        long toRow = Math.clamp(row, 0, rowCount - 1);
        int toColumn = Math.clamp(column, 0, columnCount - 1);
        boolean extend = event.isShiftDown() && anchorRow >= 0;
        select(extend ? anchorRow : toRow, extend ? anchorColumn : toColumn, toRow, toColumn);
        double top = toRow * ROW;
        if (top < vertical.getValue()) {
            vertical.setValue(top);
        } else if (top + ROW > vertical.getValue() + body.getHeight()) {
            vertical.setValue(Math.min(vertical.getMax(), top + ROW - body.getHeight()));
        }
        double room = body.getWidth() - gutter;
        if (lefts[toColumn] < horizontal.getValue()) {
            horizontal.setValue(lefts[toColumn]);
        } else if (lefts[toColumn + 1] > horizontal.getValue() + room) {
            horizontal.setValue(Math.min(horizontal.getMax(), lefts[toColumn + 1] - room));
        }
    }

    private static void clip(Region region) {
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(region.widthProperty());
        clip.heightProperty().bind(region.heightProperty());
        region.setClip(clip);
    }
}
