package io.github.mfvcam;

/** The threads that tell listeners: one while anybody listens, then none. */
final class Dispatchers {
  private Dispatchers() {}

  static long count() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(Dispatcher.THREAD_NAME))
        .count();
  }

  static void noneIsLeft() {
    Eventually.holds(() -> count() == 0, () -> count() + " dispatchers are left");
  }
}
