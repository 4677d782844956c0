package io.github.mfvcam.jni;

import java.nio.ByteBuffer;

/**
 * The flat API: mfvcam.dll function by function, on primitives, for code that keeps {@code long}
 * handles of its own. New code uses {@link io.github.mfvcam}, which does nothing that cannot be
 * done here.
 *
 * <p>Every {@code int} returned is an HRESULT: 0 ({@code S_OK}) or another value that is not
 * negative is success, a negative one failure. Results go to {@code out}, which is cleared first. A
 * handle is a number that stands for an object of mfvcam's; a stale, closed or foreign one, or one
 * of another kind than the method wants, gives {@code E_HANDLE} (0x80070006) and does no harm. An
 * <em>event handle</em> is a Win32 HANDLE and has no such protection. A GUID is two longs, as in
 * {@link java.util.UUID#getMostSignificantBits()} and {@link
 * java.util.UUID#getLeastSignificantBits()}.
 *
 * <p>Any thread may call any method at any time. Exceptions are thrown for what Java itself sees
 * and nothing else: {@link NullPointerException} for a null where none is allowed, {@link
 * IllegalArgumentException} for an array that is too short or a buffer that is not direct. The
 * documentation of each function, its codes and the COM method behind it are in {@code mfvcam.h},
 * under the name in the brackets.
 *
 * <p>The class loads nothing by itself: mfvcam.dll must have been loaded by a class of the same
 * class loader, which {@link io.github.mfvcam.VirtualCameras#load()} does.
 */
public final class MfVirtualCamera {
  private MfVirtualCamera() {}

  // ---- Library ----

  /** The build id of the loaded DLL ({@code mfvcam_build_id}). */
  public static native String buildId();

  /**
   * The natives that the DLL registered, each as name and JNI signature, such as {@code start(J)I}:
   * a test holds them against this class.
   */
  public static native String[] registeredNatives();

  /**
   * Takes the virtual-camera functions from the DLL at this full path instead of Windows'
   * mfsensorgroup.dll; before their first use only ({@code mfvcam_use_provider}).
   */
  public static native int useProvider(String path);

  /**
   * {@code S_OK} if virtual cameras can be made here, else why not ({@code mfvcam_is_supported}).
   */
  public static native int isSupported();

  /** The clock of frames and signals, in units of 100 ns ({@code mfvcam_system_time}). */
  public static native long systemTime();

  /**
   * Counts live objects ({@code mfvcam_get_ledger}).
   *
   * @param out at least 6: cameras, sync objects, media sources, readers, duplicated handles, calls
   *     in progress
   */
  public static native int ledger(long[] out);

  // ---- Lifetimes ----

  /**
   * Ends a camera or a sync object; its handle is still to be released ({@code mfvcam_shutdown}).
   */
  public static native int shutdown(long handle);

  /**
   * Gives a handle back, after shutting its object down if that was not done ({@code
   * mfvcam_release}).
   */
  public static native int release(long handle);

  /** As {@link #release}, on a native thread: for cleaners ({@code mfvcam_release_later}). */
  public static native int releaseLater(long handle);

  // ---- Camera ----

  /**
   * {@code MFCreateVirtualCamera} ({@code mfvcam_create_virtual_camera}).
   *
   * @param type 0, software camera source
   * @param lifetime 0 session, 1 system
   * @param access 0 current user, 1 all users
   * @param friendlyName what people see; Windows appends its own suffix
   * @param categories pairs of longs, each a device-interface category; null for Windows' default
   *     set
   * @param flags 0, or 1 to allow a second live camera with equal parameters
   * @param out at least 1: the camera's handle
   */
  public static native int createVirtualCamera(
      int type,
      int lifetime,
      int access,
      String friendlyName,
      long sourceIdHigh,
      long sourceIdLow,
      long[] categories,
      int flags,
      long[] out);

  /** {@code IMFVirtualCamera::Start} ({@code mfvcam_start}). */
  public static native int start(long camera);

  /** {@code IMFVirtualCamera::Stop} ({@code mfvcam_stop}). */
  public static native int stop(long camera);

  /** {@code IMFVirtualCamera::Remove} ({@code mfvcam_remove}). */
  public static native int remove(long camera);

  /**
   * {@code IMFVirtualCamera::GetMediaSource} ({@code mfvcam_get_media_source}).
   *
   * @param out at least 1: the media source's handle
   */
  public static native int getMediaSource(long camera, long[] out);

  /**
   * {@code IMFVirtualCamera::SendCameraProperty} ({@code mfvcam_send_camera_property}).
   *
   * @param payload appended to the KSPROPERTY; null for none; what the camera changes in it comes
   *     back
   * @param data the property's value, in or out; null for none
   * @param out at least 1: bytes written, or bytes needed if the code says that {@code data} was
   *     absent or too small
   */
  public static native int sendCameraProperty(
      long camera,
      long setHigh,
      long setLow,
      int id,
      int flags,
      byte[] payload,
      byte[] data,
      long[] out);

  // ---- Sync object ----

  /**
   * {@code IMFVirtualCamera::CreateSyncEvent} ({@code mfvcam_create_sync_event}).
   *
   * @param flags 1 to be signalled every time, 2 for the next time only
   * @param eventHandle an event HANDLE, which stays the caller's; mfvcam works on a duplicate
   * @param out at least 1: the sync object's handle
   */
  public static native int createSyncEvent(
      long camera, long setHigh, long setLow, int id, int flags, long eventHandle, long[] out);

  /**
   * {@code IMFCameraSyncObject::WaitOnSignal}, once ({@code mfvcam_wait_on_signal}). {@code S_OK}:
   * signalled; {@code S_FALSE} (1): timed out. May outlast {@link #release}.
   *
   * @param timeoutMillis an unsigned number; -1 waits without end
   */
  public static native int waitOnSignal(long syncObject, int timeoutMillis);

  /**
   * Waits on the event itself ({@code mfvcam_await}). {@code S_OK}: signalled; {@code S_FALSE} (1):
   * timed out. Ended by {@link #shutdown} and {@link #release}, by the loss of the camera, and by
   * the cancel event.
   *
   * @param timeoutMillis an unsigned number; -1 waits without end
   * @param cancelEvent an event HANDLE that ends the wait, open until this returns; or 0
   */
  public static native int await(long syncObject, int timeoutMillis, long cancelEvent);

  // ---- Sample reader ----

  /**
   * Opens a reader on a camera's media source and starts it ({@code mfvcam_open_reader}).
   *
   * @param out at least 6: reader, width and height in pixels, frame rate as numerator and
   *     denominator, bytes of a frame
   */
  public static native int openReader(
      long mediaSource, long subtypeHigh, long subtypeLow, long[] out);

  /**
   * Asks the camera for a frame and copies it, rows packed, to a direct buffer from its position 0
   * on ({@code mfvcam_read_sample}). {@code S_FALSE} (1): timed out, the frame under way will be
   * the next call's.
   *
   * @param timeoutMillis an unsigned number; -1 waits without end
   * @param cancelEvent an event HANDLE that ends the wait, open until this returns; or 0
   * @param buffer direct and not read-only; position and limit are neither used nor changed
   * @param out at least 3: bytes written or needed, sample time and duration in units of 100 ns
   */
  public static native int readSample(
      long reader, int timeoutMillis, long cancelEvent, ByteBuffer buffer, long[] out);

  /** Ends reads under way, drains and releases a reader ({@code mfvcam_close_reader}). */
  public static native int closeReader(long reader);

  // ---- Win32 events ----

  /**
   * {@code CreateEventW}, without a name.
   *
   * @param out at least 1: the event HANDLE, to be given to {@link #closeHandle}
   */
  public static native int createEvent(boolean manualReset, boolean initiallySet, long[] out);

  /** {@code SetEvent}. */
  public static native int setEvent(long eventHandle);

  /** {@code ResetEvent}. */
  public static native int resetEvent(long eventHandle);

  /** {@code CloseHandle}. Closing a HANDLE twice may close somebody else's. */
  public static native int closeHandle(long handle);

  /**
   * {@code WaitForSingleObject}. {@code S_OK}: signalled; {@code S_FALSE} (1): timed out.
   *
   * @param timeoutMillis an unsigned number; -1 waits without end
   */
  public static native int waitForSingleObject(long handle, int timeoutMillis);
}
