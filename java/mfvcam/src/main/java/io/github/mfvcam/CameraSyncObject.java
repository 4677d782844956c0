package io.github.mfvcam;

import static com.google.common.base.Verify.verify;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A camera's promise to signal an event or semaphore ({@code IMFCameraSyncObject}), and the place
 * to wait for it. Made by {@link VirtualCamera#createSyncEvent} and {@link
 * VirtualCamera#createSyncSemaphore}, whose camera it keeps alive.
 *
 * <p>Two ways to wait: {@link #await}, {@link #poll}, {@link #onSignal} and {@link #signalled}, on
 * the event itself, and {@link #waitOnSignal}, the COM call. A program chooses one for an event;
 * Windows forbids both, and the second throws {@link IllegalStateException}. ({@link
 * SyncEvent#poll} and {@link SyncSemaphore#poll}, which know no sync object, are not checked.)
 * Prefer the first: its waits end at once on close, interrupt, and the loss of the camera.
 *
 * <p>Any number of threads and listeners may wait. Signals that come while nobody waits count as
 * one with an auto-reset event, and each with a semaphore; either way a signal wakes one of those
 * who wait. It is never lost to an interrupt, a timeout or a close: whoever is told of it had it,
 * and it stays in the event otherwise. With a manual-reset event a signal wakes all who wait, and
 * goes on waking them until {@link SyncEvent#reset}.
 *
 * <p>{@link KsEvent.Mode#ENABLE} signals every time. {@link KsEvent.Mode#ONESHOT} does so once:
 * after one wait has had that, every other throws {@link IllegalStateException} ({@code
 * MFVCAM_E_SPENT}).
 *
 * <p>It lives on while the camera is stopped, and ends when it or the camera is shut down or
 * closed, or the camera is removed or lost. Of a signal that came before the end, {@link #await}
 * and {@link #poll} tell first, unless this is closed: then it stays in the event. The others tell
 * of the end at once.
 *
 * @since 0.1
 */
public final class CameraSyncObject implements AutoCloseable {
  /** How long close may have to wait for a COM call that nothing wakes. */
  private static final long SLICE_MILLIS = 100;

  private static final String AWAIT = "WaitForMultipleObjects";
  private static final String WATCH = "mfvcam_watch_signal";

  private final KsEvent event;
  private final String name;
  private final NativeHandle handle;

  CameraSyncObject(NativeHandle camera, KsEvent event, Object signal, long handle) {
    this.event = event;
    name = "CameraSyncObject of " + camera + " for " + event + ", " + signal;
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
   * Never returns early; late by at most the system's tick. A virtual thread leaves its carrier
   * thread to others meanwhile.
   *
   * @param timeout 0 to 4294967294 ms (about 49 days), rounded up to whole milliseconds; 0 polls
   * @return true if the event was signalled, false after the timeout
   * @throws InterruptedException if the thread is or gets interrupted; its interrupt status is
   *     cleared
   * @throws IllegalArgumentException if the timeout is negative or too long
   * @throws IllegalStateException if this is or gets closed, was for {@link KsEvent.Mode#ONESHOT}
   *     and has fired ({@code MFVCAM_E_SPENT}), or {@link #waitOnSignal} was used on this event
   *     ({@code MFVCAM_E_WAIT_MIXED})
   * @throws CameraShutDownException if this or the camera is or gets shut down, or the camera
   *     closed
   * @throws CameraLostException if the camera dies or is removed
   * @throws VirtualCameraException with any other code
   */
  public boolean await(Duration timeout) throws InterruptedException {
    return await(new Timeout(timeout));
  }

  /**
   * As {@link #await(Duration)}, without a timeout.
   *
   * @throws InterruptedException if the thread is or gets interrupted; its interrupt status is
   *     cleared
   * @throws IllegalStateException as {@link #await(Duration)}
   * @throws CameraShutDownException as {@link #await(Duration)}
   * @throws CameraLostException as {@link #await(Duration)}
   * @throws VirtualCameraException with any other code
   */
  public void await() throws InterruptedException {
    boolean signalled = await(Timeout.never());
    verify(signalled, "a wait without a timeout timed out");
  }

  private boolean await(Timeout timeout) throws InterruptedException {
    if (VirtualThreads.isVirtual(Thread.currentThread())) {
      return park(timeout);
    }
    int hresult =
        InterruptibleWait.run(
            timeout,
            (millis, cancelEvent) ->
                handle.call(
                    AWAIT, h -> MfVirtualCamera.await(h, millis, cancelEvent), HResults.CANCELLED));
    return hresult == HResults.S_OK;
  }

  /** Lets a watch wait: in a native call a virtual thread would hold its carrier. */
  private boolean park(Timeout timeout) throws InterruptedException {
    InterruptibleWait.throwIfInterrupted();
    if (poll()) {
      return true;
    }
    if (timeout.millisLeft() == 0) {
      return false;
    }
    CompletableFuture<Integer> outcome = new CompletableFuture<>();
    OneSignal signal = new OneSignal(outcome::complete);
    watch(signal);
    try {
      outcome.get(timeout.nanosLeft(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (signal.end()) {
        return poll();
      }
    } catch (InterruptedException e) {
      if (signal.end()) {
        throw e;
      }
      // The signal came first: the interrupt is for whatever the thread does next.
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
    int hresult = outcome.join();
    if (hresult < 0) {
      throw failure(hresult);
    }
    return true;
  }

  /**
   * Takes a signal if there is one, without sleeping. On any thread, interrupted or not.
   *
   * @return true if the event was signalled
   * @throws IllegalStateException as {@link #await(Duration)}
   * @throws CameraShutDownException if this or the camera was shut down, or the camera closed
   * @throws CameraLostException if the camera has died or was removed
   * @throws VirtualCameraException with any other code
   */
  public boolean poll() {
    return handle.call(AWAIT, h -> MfVirtualCamera.await(h, 0, 0)) == HResults.S_OK;
  }

  /**
   * Has a listener told of every signal, and of the end. Thousands of listeners share one thread
   * and cost no more than what they are told.
   *
   * <p>The executor runs one call at a time and in order. The next signal is taken when the
   * listener has returned: those that come meanwhile stay in the event or semaphore, which counts
   * them in its own way. An executor that runs tasks at once on the thread that brings them, such
   * as {@code Runnable::run}, has the listener hold up all others of the process. One that rejects
   * a task ends the registration, and the signal it was for is lost; that is logged as an error by
   * the {@link System.Logger} "io.github.mfvcam".
   *
   * <p>Until the registration is closed or told of the end, this object and its camera stay alive,
   * even if nobody else holds them: to forget them is not to close them.
   *
   * @param listener who is told
   * @param executor what calls the listener
   * @return the registration, by which to stop it; it stays the listener's through {@link
   *     VirtualCamera#stop} and the next start
   * @throws IllegalStateException if this is closed, was for {@link KsEvent.Mode#ONESHOT} and has
   *     fired ({@code MFVCAM_E_SPENT}), or {@link #waitOnSignal} was used on this event ({@code
   *     MFVCAM_E_WAIT_MIXED})
   * @throws CameraShutDownException if this or the camera was shut down, or the camera closed
   * @throws CameraLostException if the camera has died or was removed
   * @throws VirtualCameraException with any other code
   */
  public Registration onSignal(SignalListener listener, Executor executor) {
    SignalRegistration registration = new SignalRegistration(this, listener, executor);
    watch(registration);
    return registration;
  }

  /**
   * The next signal as a future. It takes the signal as a wait does, so cancel what is not wanted
   * any more: that gives its part in the event back, and leaves the signal to others. Until then,
   * or until it is complete, this object and its camera stay alive.
   *
   * <p>At the end it completes with the exception that {@link #await(Duration)} would throw.
   * Actions that depend on it run on {@link CompletableFuture#defaultExecutor} unless another is
   * given. Cancelling or completing it from outside, {@link CompletableFuture#orTimeout} included,
   * fails if the signal was taken before, as if it were complete; it is so a moment later.
   *
   * @return a future that completes with null
   * @throws IllegalStateException if this is closed, was for {@link KsEvent.Mode#ONESHOT} and has
   *     fired ({@code MFVCAM_E_SPENT}), or {@link #waitOnSignal} was used on this event ({@code
   *     MFVCAM_E_WAIT_MIXED})
   * @throws CameraShutDownException if this or the camera was shut down, or the camera closed
   * @throws CameraLostException if the camera has died or was removed
   * @throws VirtualCameraException with any other code
   */
  public CompletableFuture<Void> signalled() {
    return new SignalFuture(this);
  }

  void watch(Watch watch) {
    watch.begin(handle, WATCH, MfVirtualCamera::watchSignal);
  }

  /** A native watch of the caller's. */
  long watch(long queue, long tag) {
    long[] out = new long[1];
    handle.call(WATCH, h -> MfVirtualCamera.watchSignal(h, queue, tag, out));
    return out[0];
  }

  /** Why a watch ended. */
  RuntimeException failure(int hresult) {
    return handle.failure(WATCH, hresult, "");
  }

  NativeHandle handle() {
    return handle;
  }

  /**
   * Waits by the COM call {@code IMFCameraSyncObject::WaitOnSignal}. Windows leaves undocumented
   * what ends that call besides the signal, so it is made in slices of at most 100 ms: interrupt,
   * close and shutdown take that long to be noticed. A virtual thread holds its carrier thread
   * meanwhile.
   *
   * @param timeout 0 to 4294967294 ms (about 49 days), rounded up to whole milliseconds; 0 polls
   * @return true if the event was signalled, false after the timeout
   * @throws InterruptedException if the thread is or gets interrupted; its interrupt status is
   *     cleared
   * @throws IllegalArgumentException if the timeout is negative or too long
   * @throws IllegalStateException if this is or gets closed, was for {@link KsEvent.Mode#ONESHOT}
   *     and has fired ({@code MFVCAM_E_SPENT}), or one of the other ways to wait was used on this
   *     event ({@code MFVCAM_E_WAIT_MIXED}), which goes after the end and a ONESHOT that has fired
   * @throws CameraShutDownException if this or the camera is or gets shut down, or the camera
   *     closed
   * @throws CameraLostException if the camera dies or is removed
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
   * The {@code IMFCameraSyncObject} behind this, for code with COM bindings of its own. This object
   * or its camera shuts it down for everybody; a new one takes its place if the camera is started
   * again.
   *
   * @return the pointer, with a reference added, which the caller releases, by {@code
   *     IUnknown::Release} or {@link MfVirtualCamera#releaseComPointer}
   * @throws IllegalStateException if this is closed
   * @throws CameraShutDownException if this or the camera was shut down, or the camera closed
   * @throws CameraLostException if the camera has died or was removed
   * @throws VirtualCameraException with any other code
   */
  public long comPointer() {
    return handle.comPointer();
  }

  /**
   * Shuts down and releases the object, once, in whichever state it is. Waits of other threads end,
   * and are not waited for; listeners are told, futures completed. The event or semaphore stays as
   * it is, open and the caller's.
   */
  @Override
  public void close() {
    handle.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
