package dev.vitrine.app.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class UndoStackTest {
    private static final long SECOND = 1_000_000_000L;
    private final UndoStack<String> stack = new UndoStack<>("");

    @Test
    void undoAndRedoWalkTheStates() {
        stack.push("Add", "a", "", 0);
        stack.push("Move", "ab", "", 0);
        assertEquals("Move", stack.undoLabel());
        assertEquals("a", stack.undo());
        assertEquals("Move", stack.redoLabel());
        assertEquals("ab", stack.redo());
        stack.undo();
        stack.push("Other", "ac", "", 0);
        assertFalse(stack.canRedo());
    }

    @Test
    void typingIsOneStepUntilAPause() {
        stack.push("Change", "x", "field", SECOND);
        stack.push("Change", "xy", "field", 2 * SECOND);
        stack.push("Change", "xyz", "field", 6 * SECOND);
        assertEquals("xy", stack.undo());
        assertEquals("", stack.undo());
    }

    @Test
    void whatChangesNothingIsNoStep() {
        stack.push("Move", "", "", 0);
        assertFalse(stack.canUndo());
    }
}
