package dev.vitrine.app.cli;

/// Says in one sentence what is wrong with what the user gave on the command line.
final class UserInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserInputException(String message) {
        super(message);
    }
}
