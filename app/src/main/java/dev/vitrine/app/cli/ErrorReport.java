package dev.vitrine.app.cli;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorFamily;
import dev.vitrine.engine.error.SourceRange;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Prints an error as a short block on standard error: condition, message, place, what to do. A
/// stack trace only for bugs of ours, and only when `VITRINE_DEBUG` is set.
final class ErrorReport implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (e instanceof UserInputException input) {
            err.println("vitrine: " + input.getMessage());
            return Main.USER_ERROR;
        }
        if (e instanceof CancellationException) {
            err.println("vitrine: cancelled");
            return Main.USER_ERROR;
        }
        if (e instanceof EngineException error) {
            print(error, "", err);
            return error.code().family() == ErrorFamily.INTERNAL
                    ? bug(error, err)
                    : Main.USER_ERROR;
        }
        err.println("vitrine: internal error: " + e);
        return bug(e, err);
    }

    private static int bug(Exception e, PrintWriter err) {
        if (System.getenv("VITRINE_DEBUG") != null) {
            e.printStackTrace(err);
        } else {
            err.println("Set VITRINE_DEBUG=1 to see where; please report it with the statement.");
        }
        return Main.INTERNAL_ERROR;
    }

    /// Prints an error, with the line it points at where `text` is the statement it is about.
    static void print(EngineException error, String text, PrintWriter err) {
        err.println(
                "["
                        + error.code().condition()
                        + "] "
                        + error.getMessage()
                        + " SQLSTATE: "
                        + error.code().sqlState());
        Optional<SourceRange> where = error.where();
        if (where.isPresent() && !text.isEmpty() && where.get().start() <= text.length()) {
            SourceRange range = where.get();
            int line = range.line(text);
            int column = range.column(text);
            String content = text.lines().skip(line - 1L).findFirst().orElse("");
            int length =
                    Math.clamp(
                            range.end() - range.start(),
                            1,
                            Math.max(1, content.length() - column + 1));
            err.println("  line " + line + ", column " + column + ":");
            err.println("  " + content);
            err.println("  " + " ".repeat(column - 1) + "^".repeat(length));
        }
        if (!error.code().hint().isEmpty()) {
            err.println("  → " + error.code().hint());
        }
        err.flush();
    }
}
