package io.github.mfvcam;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Executor;

/** A listener of a sync object. The camera's next signal waits until it has returned. */
final class SignalRegistration extends Listening {
  private final CameraSyncObject syncObject;
  private final SignalListener listener;

  SignalRegistration(CameraSyncObject syncObject, SignalListener listener, Executor executor) {
    super(executor);
    this.syncObject = syncObject;
    this.listener = requireNonNull(listener, "listener");
  }

  @Override
  void toldSignal(long time) {
    hand(
        () -> {
          try {
            listener.onSignal(Ticks.toDuration(time));
          } finally {
            rearm();
          }
        });
  }

  @Override
  void toldEnd(int status) {
    handUnlessClosed(() -> listener.onEnd(syncObject.failure(status)));
  }

  @Override
  public String toString() {
    return "the listener of " + syncObject;
  }
}
