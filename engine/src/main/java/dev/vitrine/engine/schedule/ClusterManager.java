package dev.vitrine.engine.schedule;

import java.util.List;
import java.util.Optional;

/// Grants executors to a session and takes them back: the seam behind which threads of this process
/// stand now, and other clusters can.
public interface ClusterManager {
    /// The executors that a session begins with.
    List<Executor> start();

    /// One in place of an executor that is lost, or empty where there is none to be had.
    Optional<Executor> replace(Executor lost);

    /// Takes back an executor that is used no more.
    void release(Executor executor);

    /// Whether an executor, and what it holds, may go while the session is open.
    boolean canLose();
}
