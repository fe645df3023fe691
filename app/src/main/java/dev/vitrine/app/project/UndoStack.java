package dev.vitrine.app.project;

import java.util.ArrayList;
import java.util.List;

/// States of a document, one after each change, with the change's name. Changes with one merge key
/// that follow each other within a second and a half are one step.
public final class UndoStack<T> {
    private static final int STEPS = 500;
    private static final long MERGE_NANOS = 1_500_000_000L;

    private final List<Step<T>> steps = new ArrayList<>();
    private int current;
    private long lastNanos;

    /// A state and its change.
    ///
    /// @param label what led to the state
    public record Step<T>(String label, T state, String merge) {}

    public UndoStack(T first) {
        steps.add(new Step<>("", first, ""));
    }

    /// A stack as it was saved; `current` names the step that counts.
    public UndoStack(List<Step<T>> saved, int current) {
        steps.addAll(saved);
        this.current = Math.clamp(current, 0, saved.size() - 1);
    }

    public T state() {
        return steps.get(current).state;
    }

    /// Takes a change in; whatever was undone is gone.
    public void push(String label, T state, String merge, long nowNanos) {
        if (state.equals(state())) {
            return;
        }
        steps.subList(current + 1, steps.size()).clear();
        boolean merged =
                !merge.isEmpty()
                        && merge.equals(steps.get(current).merge)
                        && nowNanos - lastNanos < MERGE_NANOS;
        if (merged) {
            steps.removeLast();
        }
        steps.add(new Step<>(label, state, merge));
        if (steps.size() > STEPS) {
            steps.removeFirst();
        }
        current = steps.size() - 1;
        lastNanos = nowNanos;
    }

    public boolean canUndo() {
        return current > 0;
    }

    public boolean canRedo() {
        return current < steps.size() - 1;
    }

    /// The change that [#undo] takes back, or empty.
    public String undoLabel() {
        return canUndo() ? steps.get(current).label : "";
    }

    public String redoLabel() {
        return canRedo() ? steps.get(current + 1).label : "";
    }

    public T undo() {
        current = Math.max(0, current - 1);
        return state();
    }

    public T redo() {
        current = Math.min(steps.size() - 1, current + 1);
        return state();
    }

    /// All steps from the oldest, and which one counts.
    public List<Step<T>> steps() {
        return List.copyOf(steps);
    }

    public int current() {
        return current;
    }
}
