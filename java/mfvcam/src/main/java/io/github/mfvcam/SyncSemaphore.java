package io.github.mfvcam;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.util.function.LongToIntFunction;

/**
 * A Win32 semaphore that a camera releases: what {@link VirtualCamera#createSyncSemaphore} wants.
 * It counts the signals that an auto-reset {@link SyncEvent} takes for one; each wait takes one
 * away. At its maximum it stays: a release that would exceed it is not done at all.
 *
 * <p>The camera and every wait work on duplicates, so this may be closed at any time; a sync object
 * made with it lives on.
 *
 * <p>Every method may be called from any thread and returns at once. After {@link #close} all
 * others throw {@link IllegalStateException}.
 *
 * @since 0.1
 */
public final class SyncSemaphore implements AutoCloseable {
  private static final String TYPE = "SyncSemaphore";

  private final KernelHandle handle;

  /** The largest there is, where somebody else made the semaphore. */
  private final int maximumCount;

  private SyncSemaphore(KernelHandle handle, int maximumCount) {
    this.handle = handle;
    this.maximumCount = maximumCount;
  }

  /**
   * Creates a semaphore ({@code CreateSemaphoreW}).
   *
   * @param initialCount the signals that it begins with, 0 to {@code maximumCount}
   * @param maximumCount 1 or more
   * @return a semaphore of the caller's, to be closed
   * @throws IllegalArgumentException if a count is out of its range
   * @throws VirtualCameraException if Windows has no more handles, or mfvcam.dll cannot be loaded
   */
  public static SyncSemaphore create(int initialCount, int maximumCount) {
    return newSemaphore(null, initialCount, maximumCount);
  }

  /**
   * As {@link #create(int, int)}, with a name by which other programs of the session can {@link
   * #open} it. It goes with the last of its handles.
   *
   * @param name at most 260 characters, perhaps after {@code Global\} or {@code Local\}, and
   *     without other backslashes; case matters
   * @param initialCount the signals that it begins with, 0 to {@code maximumCount}
   * @param maximumCount 1 or more
   * @return a semaphore of the caller's, to be closed
   * @throws IllegalArgumentException if a count is out of its range, or the name is empty or
   *     contains a NUL character
   * @throws CameraAccessDeniedException if another user's semaphore has the name
   * @throws VirtualCameraException if there is a semaphore of that name ({@code
   *     ERROR_ALREADY_EXISTS}), or an object of another kind ({@code E_HANDLE}); if Windows does
   *     not like the name, has no more handles, or mfvcam.dll cannot be loaded
   */
  public static SyncSemaphore create(String name, int initialCount, int maximumCount) {
    return newSemaphore(NamedObjects.checkName(name), initialCount, maximumCount);
  }

  private static SyncSemaphore newSemaphore(String name, int initialCount, int maximumCount) {
    checkArgument(maximumCount >= 1, "maximumCount is %s, not 1 or more", maximumCount);
    checkArgument(
        initialCount >= 0 && initialCount <= maximumCount,
        "initialCount is %s, not between 0 and %s",
        initialCount,
        maximumCount);
    long handle =
        NamedObjects.create(
            "CreateSemaphoreW",
            name,
            out -> MfVirtualCamera.createSemaphore(initialCount, maximumCount, name, out));
    return new SyncSemaphore(KernelHandle.owned(TYPE, handle), maximumCount);
  }

  /**
   * Opens a semaphore that some program has made under this name ({@code OpenSemaphoreW}).
   *
   * @param name as {@link #create(String, int, int)}
   * @return another handle to it, to be closed
   * @throws IllegalArgumentException if the name is empty or contains a NUL character
   * @throws CameraAccessDeniedException if it is another user's
   * @throws VirtualCameraException if there is none ({@code ERROR_FILE_NOT_FOUND}), the name is
   *     that of an object of another kind ({@code E_HANDLE}), or mfvcam.dll cannot be loaded
   */
  public static SyncSemaphore open(String name) {
    NamedObjects.checkName(name);
    long handle =
        NamedObjects.open("OpenSemaphoreW", name, out -> MfVirtualCamera.openSemaphore(name, out));
    return new SyncSemaphore(KernelHandle.owned(TYPE, handle), Integer.MAX_VALUE);
  }

  /**
   * Wraps a semaphore HANDLE that the caller owns. It is never closed by this object, and must stay
   * open as long as this object is used: a HANDLE that Windows has given away anew cannot be told
   * apart.
   *
   * @param handle a semaphore HANDLE with the access rights {@code SEMAPHORE_MODIFY_STATE} and
   *     {@code SYNCHRONIZE}
   * @return an object that borrows it
   * @throws IllegalArgumentException if it is 0 or -1 ({@code INVALID_HANDLE_VALUE})
   * @throws VirtualCameraException if mfvcam.dll cannot be loaded
   */
  public static SyncSemaphore borrow(long handle) {
    return new SyncSemaphore(
        KernelHandle.borrowed(TYPE, NamedObjects.checkBorrowed(handle, "semaphore")),
        Integer.MAX_VALUE);
  }

  /**
   * Adds to the count ({@code ReleaseSemaphore}), as the camera does.
   *
   * @param count how many signals, 1 or more
   * @return the count before
   * @throws IllegalArgumentException if {@code count} is not positive
   * @throws IllegalStateException if this is closed
   * @throws VirtualCameraException if the count would exceed the maximum ({@code
   *     ERROR_TOO_MANY_POSTS}): then it is as before; or a borrowed HANDLE is no semaphore ({@code
   *     E_HANDLE})
   */
  public int release(int count) {
    checkArgument(count >= 1, "count is %s, not 1 or more", count);
    long[] before = new long[1];
    HResults.check(
        "ReleaseSemaphore",
        handle.quickly(h -> MfVirtualCamera.releaseSemaphore(h, count, before)),
        this,
        "count " + count);
    return (int) before[0];
  }

  /**
   * Takes one signal, if there is one ({@code WaitForSingleObject} with timeout 0).
   *
   * @return true if there was: it is the caller's now
   * @throws IllegalStateException if this is closed
   * @throws VirtualCameraException if a borrowed HANDLE is none ({@code E_HANDLE})
   */
  public boolean poll() {
    return handle.poll();
  }

  /**
   * Closes this HANDLE to the semaphore, once, unless it is borrowed ({@code CloseHandle}). Sync
   * objects made with it, and other HANDLEs to it, keep the semaphore.
   */
  @Override
  public void close() {
    handle.close();
  }

  /**
   * More than this can never be added at once.
   *
   * @throws IllegalArgumentException if it can never be done
   */
  void checkAdjustment(int adjustment) {
    checkArgument(adjustment >= 1, "adjustment is %s, not 1 or more", adjustment);
    checkArgument(
        adjustment <= maximumCount,
        "adjustment is %s, but the semaphore's maximum %s: no signal would ever arrive",
        adjustment,
        maximumCount);
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
