package io.github.mfvcam;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.time.Duration;

/**
 * A camera's promise to signal an event ({@code IMFCameraSyncObject}), and the place to wait for
 * it. Made by {@link VirtualCamera#createSyncEvent}, which it keeps alive.
 *
 * <p>Two ways to wait: {@link #await}, on the event itself, and {@link #waitOnSignal}, the COM
 * call. A program chooses one for an event; Windows forbids both, and the second throws {@link
 * IllegalStateException}. Prefer {@code await}: it ends at once on close, interrupt, and the loss
 * of the camera.
 *
 * <p>Any number of threads may wait. With an auto-reset event a signal wakes one of them. A signal
 * is never lost to an interrupt or a close: whoever returns true had it, and it stays in the event
 * otherwise.
 *
 * @since 0.1
 */
public final class CameraSyncObject implements AutoCloseable {
  /** How long close may have to wait for a COM call that nothing wakes. */
  private static final long SLICE_MILLIS = 100;

  private final KsEvent event;
  private final NativeHandle handle;

  CameraSyncObject(NativeHandle camera, KsEvent event, long handle) {
    this.event = event;
    this.handle = new NativeHandle(this, camera, handle, MfVirtualCamera::release);
  }

  /**
   * What this was made for.
   *
   * @return the event
   */
  public KsEvent event() {
    return event;
  }

  /**
   * Sleeps until the event is signalled ({@code WaitForMultipleObjects} on a duplicate of it).
   * Never returns early; late by at most the system's tick. A virtual thread may hold its carrier
   * meanwhile.
   *
   * @param timeout 0 to 4294967294 ms (about 49 days), rounded up to whole milliseconds; 0 polls
   * @return true if the event was signalled, false after the timeout
   * @throws InterruptedException if the thread is or gets interrupted; its interrupt status is
   *     cleared
   * @throws IllegalArgumentException if the timeout is negative or too long
   * @throws IllegalStateException if this is or gets closed, or {@link #waitOnSignal} was used on
   *     this event
   * @throws CameraShutDownException if this or the camera is or gets shut down
   * @throws CameraLostException if the camera dies
   * @throws VirtualCameraException with any other code
   */
  public boolean await(Duration timeout) throws InterruptedException {
    int hresult =
        InterruptibleWait.run(
            timeout,
            (millis, cancelEvent) ->
                handle.call(
                    "WaitForMultipleObjects",
                    h -> MfVirtualCamera.await(h, millis, cancelEvent),
                    HResults.CANCELLED));
    return hresult == HResults.S_OK;
  }

  /**
   * Waits by the COM call {@code IMFCameraSyncObject::WaitOnSignal}. Windows leaves undocumented
   * what ends that call besides the signal, so it is made in slices of at most 100 ms: interrupt,
   * close and shutdown take that long to be noticed.
   *
   * @param timeout 0 to 4294967294 ms (about 49 days), rounded up to whole milliseconds; 0 polls
   * @return true if the event was signalled, false after the timeout
   * @throws InterruptedException if the thread is or gets interrupted; its interrupt status is
   *     cleared
   * @throws IllegalArgumentException if the timeout is negative or too long
   * @throws IllegalStateException if this is or gets closed, or {@link #await} was used on this
   *     event
   * @throws CameraShutDownException if this or the camera is or gets shut down
   * @throws CameraLostException if the camera dies
   * @throws VirtualCameraException with any other code
   */
  public boolean waitOnSignal(Duration timeout) throws InterruptedException {
    Timeout left = new Timeout(timeout);
    while (true) {
      InterruptibleWait.throwIfInterrupted();
      long millis = left.millisLeft();
      int slice = (int) Math.min(millis, SLICE_MILLIS);
      int hresult =
          handle.call(HResults.WAIT_ON_SIGNAL, h -> MfVirtualCamera.waitOnSignal(h, slice));
      if (hresult == HResults.S_OK) {
        return true;
      }
      if (left.millisLeft() == 0) {
        return false;
      }
    }
  }

  /**
   * Ends the camera's promise and all waits, but keeps this object ({@code
   * IMFCameraSyncObject::Shutdown}). May be called twice. {@link #close} does it, too.
   *
   * @throws IllegalStateException if this is closed
   */
  public void shutdown() {
    handle.call("IMFCameraSyncObject::Shutdown", MfVirtualCamera::shutdown);
  }

  /**
   * Shuts down and releases the object, once. Waits of other threads end, and are not waited for.
   */
  @Override
  public void close() {
    handle.close();
  }

  @Override
  public String toString() {
    return "CameraSyncObject for " + event;
  }
}
