package io.github.mfvcam;

import java.time.Duration;

/**
 * Is told of the signals of a {@link CameraSyncObject}; see {@link CameraSyncObject#onSignal}. What
 * it throws is logged, by the {@link System.Logger} "io.github.mfvcam", and changes nothing.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface SignalListener {
  /**
   * The camera has signalled.
   *
   * @param time when that was noticed, on the clock of {@link VirtualCameras#systemTime}
   */
  void onSignal(Duration time);

  /**
   * There will be no more signals. Not called after {@link Registration#close}.
   *
   * @param reason what {@link CameraSyncObject#await} would throw: {@link IllegalStateException} if
   *     the sync object was closed, or was for {@link KsEvent.Mode#ONESHOT} and has fired; {@link
   *     CameraShutDownException} if it or the camera was shut down, or the camera closed; {@link
   *     CameraLostException} if the camera died or was removed; or another {@link
   *     VirtualCameraException}
   */
  default void onEnd(RuntimeException reason) {}
}
