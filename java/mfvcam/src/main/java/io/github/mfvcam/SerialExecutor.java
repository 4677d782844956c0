package io.github.mfvcam;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Gives tasks to another executor, one at a time and in order; each sees what those before it did.
 */
final class SerialExecutor implements Executor {
  private final Executor executor;
  // Both with the lock of the first.
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean busy; // somebody runs tasks, or will

  SerialExecutor(Executor executor) {
    this.executor = executor;
  }

  /** Throws what the other executor throws that does not take the task, which is forgotten then. */
  @Override
  public void execute(Runnable task) {
    synchronized (tasks) {
      tasks.add(task);
      if (busy) {
        return;
      }
      busy = true;
    }
    boolean taken = false;
    try {
      executor.execute(this::runTasks);
      taken = true;
    } finally {
      if (!taken) {
        synchronized (tasks) {
          // Unless it was taken, and run, and the executor threw all the same.
          if (tasks.remove(task)) {
            busy = false;
          }
        }
      }
    }
  }

  private void runTasks() {
    boolean interrupted = false;
    boolean done = false;
    try {
      for (Runnable task = next(); task != null; task = next()) {
        // An interrupt that one task leaves behind is not the next one's.
        interrupted |= Thread.interrupted();
        task.run();
      }
      done = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (!done) {
        synchronized (tasks) {
          busy = false;
        }
      }
    }
  }

  private Runnable next() {
    synchronized (tasks) {
      Runnable task = tasks.poll();
      busy = task != null;
      return task;
    }
  }
}
