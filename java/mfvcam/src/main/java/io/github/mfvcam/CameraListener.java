package io.github.mfvcam;

/**
 * Is told of the events of a {@link VirtualCamera}; see {@link VirtualCamera#start(CameraListener,
 * java.util.concurrent.Executor)}. What it throws is logged, by the {@link System.Logger}
 * "io.github.mfvcam", and changes nothing.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CameraListener {
  /**
   * Something has happened to the camera.
   *
   * @param event what
   */
  void onEvent(CameraEvent event);

  /**
   * There will be no more events. Not called after {@link Registration#close}.
   *
   * @param reason {@link IllegalStateException} if the camera was closed, {@link
   *     CameraShutDownException} if it was shut down, {@link CameraLostException} if it died or was
   *     removed, or another {@link VirtualCameraException}
   */
  default void onEnd(RuntimeException reason) {}
}
