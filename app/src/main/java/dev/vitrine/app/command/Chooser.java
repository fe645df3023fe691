package dev.vitrine.app.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A search field over a list of things to choose from, driven by typing, arrows and Enter: command
/// palette, go to, add node.
public final class Chooser extends VBox {
    private static final int ROW = 32;
    private static final int SHOWN = 12;

    /// What cell and list have beside a row's content, across.
    private static final int BESIDE = 40;

    private final TextField field = new TextField();
    private final ListView<Choice> list = new ListView<>();
    private final List<Choice> choices;
    private final Consumer<Choice> chosen;
    private final Runnable closed;

    /// Something to choose.
    ///
    /// @param title what is searched first
    /// @param detail a few more words, also searched, shown grey
    /// @param key what stands on the right, for example its keys
    public record Choice(String title, String detail, String key, Node icon, Runnable run) {}

    /// @param hint stands in the empty field
    /// @param nothing stands in the empty list
    /// @param closed called when the user chose or gave up
    public Chooser(String hint, String nothing, List<Choice> choices, Runnable closed) {
        this.choices = List.copyOf(choices);
        this.closed = closed;
        this.chosen = choice -> choice.run().run();
        getStyleClass().add("chooser");
        setPrefWidth(560);
        setMaxWidth(560);
        field.setPromptText(hint);
        field.setId("chooser-field");
        list.setId("chooser-list");
        list.setPlaceholder(new Label(nothing));
        list.setFixedCellSize(ROW);
        list.setCellFactory(view -> new Cell());
        list.setFocusTraversable(false);
        getChildren().setAll(field, list);
        field.textProperty().addListener((o, old, text) -> filter(text));
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        filter("");
    }

    public void focus() {
        field.requestFocus();
    }

    private void key(KeyEvent event) {
        int selected = list.getSelectionModel().getSelectedIndex();
        int size = list.getItems().size();
        switch (event.getCode()) {
            case DOWN -> select(Math.min(size - 1, selected + 1));
            case UP -> select(Math.max(0, selected - 1));
            case PAGE_DOWN -> select(Math.min(size - 1, selected + SHOWN));
            case PAGE_UP -> select(Math.max(0, selected - SHOWN));
            case ENTER -> accept();
            case ESCAPE -> closed.run();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void select(int index) {
        list.getSelectionModel().select(index);
        list.scrollTo(Math.max(0, index - SHOWN / 2));
    }

    private void accept() {
        Choice choice = list.getSelectionModel().getSelectedItem();
        if (choice != null) {
            closed.run();
            chosen.accept(choice);
        }
    }

    private void filter(String text) {
        record Scored(Choice choice, int score) {}
        List<Scored> scored = new ArrayList<>();
        for (Choice choice : choices) {
            score(text, choice).ifPresent(score -> scored.add(new Scored(choice, score)));
        }
        scored.sort(Comparator.comparingInt(Scored::score));
        list.getItems().setAll(scored.stream().map(Scored::choice).toList());
        list.setPrefHeight(Math.clamp(scored.size(), 1, SHOWN) * (double) ROW + 6);
        if (!scored.isEmpty()) {
            list.getSelectionModel().select(0);
            list.scrollTo(0);
        }
    }

    /// How well a choice answers what was typed, less is better; empty where it does not. Every
    /// typed word must begin a word of the title or stand somewhere in title or detail.
    static OptionalInt score(String typed, Choice choice) {
        String title = choice.title.toLowerCase(Locale.ROOT);
        String all = title + " " + choice.detail.toLowerCase(Locale.ROOT);
        int score = 0;
        for (String word : List.of(typed.toLowerCase(Locale.ROOT).strip().split("\\s+", -1))) {
            if (title.startsWith(word)) {
                score += 0;
            } else if ((" " + title).contains(" " + word)) {
                score += 1;
            } else if (title.contains(word)) {
                score += 2;
            } else if (all.contains(word)) {
                score += 4;
            } else if (isSubsequence(word, title)) {
                score += 8;
            } else {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(score);
    }

    private static boolean isSubsequence(String word, String text) {
        int at = 0;
        for (int i = 0; i < word.length(); i++) {
            at = text.indexOf(word.charAt(i), at) + 1;
            if (at == 0) {
                return false;
            }
        }
        return true;
    }

    private final class Cell extends ListCell<Choice> {
        @Override
        protected void updateItem(Choice choice, boolean empty) {
            super.updateItem(choice, empty);
            if (empty || choice == null) {
                setGraphic(null);
                return;
            }
            Label title = new Label(choice.title);
            Label detail = new Label(choice.detail);
            detail.getStyleClass().add("muted");
            detail.setMinWidth(0);
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            Label key = new Label(choice.key);
            key.getStyleClass().add("key");
            key.setVisible(!choice.key.isEmpty());
            title.setMinWidth(Region.USE_PREF_SIZE);
            key.setMinWidth(Region.USE_PREF_SIZE);
            HBox row = new HBox(8, choice.icon, title, detail, gap, key);
            row.setAlignment(Pos.CENTER_LEFT);
            // No wider than the list: long details are cut, never scrolled to.
            row.prefWidthProperty().bind(list.widthProperty().subtract(BESIDE));
            setGraphic(row);
            setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY) {
                    list.getSelectionModel().select(getIndex());
                    accept();
                }
            });
        }
    }
}
