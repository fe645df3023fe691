package dev.vitrine.engine.logical;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// A thread with a stack for deeply nested statements: parsing, analysis and optimization run on
/// one.
public final class DeepStack {
    private static final long STACK_BYTES = 512L << 20;

    private DeepStack() {}

    /// Runs `work` on a thread with a large stack, or right here where this is one, and gives its
    /// result.
    ///
    /// @throws EngineException STATEMENT_TOO_COMPLEX where even that stack is too small; and what
    ///   `work` throws
    public static <T> T call(Supplier<T> work) {
        if (Thread.currentThread() instanceof Worker) {
            return work.get();
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        Worker worker = new Worker(() -> complete(result, work));
        worker.start();
        try {
            return result.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case EngineException failed -> throw failed;
                case StackOverflowError overflow ->
                        throw new EngineException(
                                ErrorCode.STATEMENT_TOO_COMPLEX, Map.of(), null, overflow);
                case RuntimeException failed -> throw failed;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> work) {
        try {
            result.complete(work.get());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private static final class Worker extends Thread {
        Worker(Runnable work) {
            super(null, work, "vitrine-planning", STACK_BYTES);
            setDaemon(true);
        }
    }
}
