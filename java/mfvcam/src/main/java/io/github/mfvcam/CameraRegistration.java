package io.github.mfvcam;

import static java.util.Objects.requireNonNull;

import java.util.UUID;
import java.util.concurrent.Executor;

/** A listener of a camera. */
final class CameraRegistration extends Listening {
  private final VirtualCamera camera;
  private final CameraListener listener;

  CameraRegistration(VirtualCamera camera, CameraListener listener, Executor executor) {
    super(executor);
    this.camera = camera;
    this.listener = requireNonNull(listener, "listener");
  }

  @Override
  void toldEvent(long typeHigh, long typeLow, int status, long time) {
    CameraEvent event =
        new CameraEvent(new UUID(typeHigh, typeLow), status, Ticks.toDuration(time));
    handUnlessClosed(() -> listener.onEvent(event));
  }

  @Override
  void toldEnd(int status) {
    handUnlessClosed(() -> listener.onEnd(camera.failure(status)));
  }

  @Override
  public String toString() {
    return "the listener of " + camera;
  }
}
