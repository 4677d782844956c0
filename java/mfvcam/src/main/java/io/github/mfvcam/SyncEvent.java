package io.github.mfvcam;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.util.function.LongToIntFunction;

/**
 * A Win32 event that a camera signals: what {@link VirtualCamera#createSyncEvent} wants. The camera
 * and every wait work on duplicates, so this may be closed at any time; a sync object made with it
 * lives on. Sync objects that share an event cannot tell whose signal it was: give each its own.
 *
 * <p>Every method may be called from any thread and returns at once. After {@link #close} all
 * others throw {@link IllegalStateException}.
 *
 * @since 0.1
 */
public final class SyncEvent implements AutoCloseable {
  private static final String TYPE = "SyncEvent";
  private static final String CREATE = "CreateEventW";

  private final KernelHandle handle;

  private SyncEvent(KernelHandle handle) {
    this.handle = handle;
  }

  /**
   * Creates an event that is reset by the wait it ends ({@code CreateEventW}): signals that come
   * while nobody waits count as one. {@link SyncSemaphore} counts them.
   *
   * @return an event of the caller's, to be closed
   * @throws VirtualCameraException if Windows has no more handles, or mfvcam.dll cannot be loaded
   */
  public static SyncEvent autoReset() {
    return create(false, null);
  }

  /**
   * Creates an event that stays set until {@link #reset} ({@code CreateEventW}).
   *
   * @return an event of the caller's, to be closed
   * @throws VirtualCameraException if Windows has no more handles, or mfvcam.dll cannot be loaded
   */
  public static SyncEvent manualReset() {
    return create(true, null);
  }

  /**
   * As {@link #autoReset()}, with a name by which other programs of the session can {@link #open}
   * it. It goes with the last of its handles.
   *
   * @param name at most 260 characters, perhaps after {@code Global\} or {@code Local\}, and
   *     without other backslashes; case matters
   * @return an event of the caller's, to be closed
   * @throws IllegalArgumentException if the name is empty or contains a NUL character
   * @throws CameraAccessDeniedException if another user's event has the name
   * @throws VirtualCameraException if there is an event of that name ({@code
   *     ERROR_ALREADY_EXISTS}), or an object of another kind ({@code E_HANDLE}); if Windows does
   *     not like the name, has no more handles, or mfvcam.dll cannot be loaded
   */
  public static SyncEvent autoReset(String name) {
    return create(false, NamedObjects.checkName(name));
  }

  /**
   * As {@link #manualReset()}, with a name by which other programs of the session can {@link #open}
   * it. It goes with the last of its handles.
   *
   * @param name as {@link #autoReset(String)}
   * @return an event of the caller's, to be closed
   * @throws IllegalArgumentException as {@link #autoReset(String)}
   * @throws CameraAccessDeniedException as {@link #autoReset(String)}
   * @throws VirtualCameraException as {@link #autoReset(String)}
   */
  public static SyncEvent manualReset(String name) {
    return create(true, NamedObjects.checkName(name));
  }

  private static SyncEvent create(boolean manualReset, String name) {
    long handle =
        NamedObjects.create(
            CREATE, name, out -> MfVirtualCamera.createEvent(manualReset, false, name, out));
    return new SyncEvent(KernelHandle.owned(TYPE, handle));
  }

  /**
   * Opens an event that some program has made under this name ({@code OpenEventW}). Whether a wait
   * resets it was chosen there.
   *
   * @param name as {@link #autoReset(String)}
   * @return another handle to it, to be closed
   * @throws IllegalArgumentException if the name is empty or contains a NUL character
   * @throws CameraAccessDeniedException if it is another user's
   * @throws VirtualCameraException if there is none ({@code ERROR_FILE_NOT_FOUND}), the name is
   *     that of an object of another kind ({@code E_HANDLE}), or mfvcam.dll cannot be loaded
   */
  public static SyncEvent open(String name) {
    NamedObjects.checkName(name);
    long handle =
        NamedObjects.open("OpenEventW", name, out -> MfVirtualCamera.openEvent(name, out));
    return new SyncEvent(KernelHandle.owned(TYPE, handle));
  }

  /**
   * Wraps an event HANDLE that the caller owns. It is never closed by this object, and must stay
   * open as long as this object is used: a HANDLE that Windows has given away anew cannot be told
   * apart.
   *
   * @param handle an event HANDLE with the access rights {@code EVENT_MODIFY_STATE} and {@code
   *     SYNCHRONIZE}
   * @return an object that borrows it
   * @throws IllegalArgumentException if it is 0 or -1 ({@code INVALID_HANDLE_VALUE})
   * @throws VirtualCameraException if mfvcam.dll cannot be loaded
   */
  public static SyncEvent borrow(long handle) {
    return new SyncEvent(KernelHandle.borrowed(TYPE, NamedObjects.checkBorrowed(handle, "event")));
  }

  /**
   * Sets the event ({@code SetEvent}), as the camera does.
   *
   * @throws IllegalStateException if this is closed
   * @throws VirtualCameraException if a borrowed HANDLE is no event ({@code E_HANDLE})
   */
  public void set() {
    HResults.check("SetEvent", handle.quickly(MfVirtualCamera::setEvent), this);
  }

  /**
   * Resets the event ({@code ResetEvent}).
   *
   * @throws IllegalStateException if this is closed
   * @throws VirtualCameraException if a borrowed HANDLE is no event ({@code E_HANDLE})
   */
  public void reset() {
    HResults.check("ResetEvent", handle.quickly(MfVirtualCamera::resetEvent), this);
  }

  /**
   * Whether the event is set ({@code WaitForSingleObject} with timeout 0). Resets an auto-reset
   * event, as every wait does: the signal is the caller's then.
   *
   * @return true if it is, or was until now
   * @throws IllegalStateException if this is closed
   * @throws VirtualCameraException if a borrowed HANDLE is none ({@code E_HANDLE})
   */
  public boolean poll() {
    return handle.poll();
  }

  /**
   * Closes this HANDLE to the event, once, unless it is borrowed ({@code CloseHandle}). Sync
   * objects made with it, and other HANDLEs to it, keep the event.
   */
  @Override
  public void close() {
    handle.close();
  }

  /** A call that may block, as {@link KernelHandle#use}. */
  int use(LongToIntFunction function) {
    return handle.use(function);
  }

  @Override
  public String toString() {
    return handle.toString();
  }
}
