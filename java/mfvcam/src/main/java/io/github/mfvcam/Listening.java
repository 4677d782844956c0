package io.github.mfvcam;

import static java.util.Objects.requireNonNull;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;

/** A watch that tells a listener, one call at a time and in order. */
abstract class Listening extends Watch implements Registration {
  private static final String LOGGER = "io.github.mfvcam";

  private final Executor executor;
  private volatile boolean closed;

  Listening(Executor executor) {
    this.executor = new SerialExecutor(requireNonNull(executor, "executor"));
  }

  @Override
  public final void close() {
    closed = true;
    end();
  }

  final void handUnlessClosed(Runnable call) {
    hand(
        () -> {
          if (!closed) {
            call.run();
          }
        });
  }

  /** Has the executor make a call of the listener. If it does not, this is the end. */
  final void hand(Runnable call) {
    try {
      executor.execute(() -> run(call));
    } catch (Throwable e) {
      end();
      report(this + " has ended, because its executor does not take a call", e);
    }
  }

  private void run(Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      report(this + " threw an exception, which changes nothing", e);
    }
  }

  static void report(String what, Throwable failure) {
    Logger logger = System.getLogger(LOGGER);
    logger.log(Level.ERROR, what, failure);
  }
}
