package io.github.mfvcam;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.function.LongToIntFunction;

/**
 * A Win32 event that a camera signals: what {@link VirtualCamera#createSyncEvent} wants. The camera
 * and every wait work on duplicates, so this may be closed at any time; a sync object made with it
 * lives on.
 *
 * <p>Every method may be called from any thread and returns at once. After {@link #close} all
 * others throw {@link IllegalStateException}.
 *
 * @since 0.1
 */
public final class SyncEvent implements AutoCloseable {
  private final Handle handle;
  private final Cleaner.Cleanable cleanable;

  private SyncEvent(Handle handle) {
    this.handle = handle;
    cleanable = Ownership.register(this, handle);
  }

  /**
   * Creates an event that is reset by the wait it ends ({@code CreateEventW}): signals that come
   * while nobody waits count as one.
   *
   * @return an event of the caller's, to be closed
   * @throws VirtualCameraException if Windows has no more handles, or mfvcam.dll cannot be loaded
   */
  public static SyncEvent autoReset() {
    return create(false);
  }

  /**
   * Creates an event that stays set until {@link #reset} ({@code CreateEventW}).
   *
   * @return an event of the caller's, to be closed
   * @throws VirtualCameraException if Windows has no more handles, or mfvcam.dll cannot be loaded
   */
  public static SyncEvent manualReset() {
    return create(true);
  }

  private static SyncEvent create(boolean manualReset) {
    NativeLibrary.load();
    long[] out = new long[1];
    HResults.check("CreateEventW", MfVirtualCamera.createEvent(manualReset, false, null, out));
    return new SyncEvent(new Handle(out[0], true));
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
    checkArgument(handle != 0 && handle != -1, "handle is %s, no event", handle);
    NativeLibrary.load();
    return new SyncEvent(new Handle(handle, false));
  }

  /**
   * Sets the event ({@code SetEvent}), as the camera does.
   *
   * @throws IllegalStateException if this is closed
   */
  public void set() {
    HResults.check("SetEvent", quickly(MfVirtualCamera::setEvent), this);
  }

  /**
   * Resets the event ({@code ResetEvent}).
   *
   * @throws IllegalStateException if this is closed
   */
  public void reset() {
    HResults.check("ResetEvent", quickly(MfVirtualCamera::resetEvent), this);
  }

  /** Closes the event, unless it is borrowed ({@code CloseHandle}). */
  @Override
  public void close() {
    try {
      cleanable.clean();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public String toString() {
    return handle.toString();
  }

  /** A call that never blocks. */
  private int quickly(LongToIntFunction function) {
    try {
      return handle.quickly(function);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * A call that may block: the HANDLE stays open until it returns, and close does not wait for it.
   */
  int use(LongToIntFunction function) {
    handle.acquire();
    try {
      return function.applyAsInt(handle.value);
    } finally {
      handle.release();
      Reference.reachabilityFence(this);
    }
  }

  /** A HANDLE has no generation: whoever uses it must know that it is open. */
  private static final class Handle implements Runnable {
    final long value;
    private final boolean owned;
    private boolean closed;
    private int uses;

    Handle(long value, boolean owned) {
      this.value = value;
      this.owned = owned;
    }

    synchronized int quickly(LongToIntFunction function) {
      requireOpen();
      return function.applyAsInt(value);
    }

    synchronized void acquire() {
      requireOpen();
      uses++;
    }

    synchronized void release() {
      uses--;
      closeIfUnused();
    }

    @Override
    public synchronized void run() {
      closed = true;
      closeIfUnused();
    }

    private void requireOpen() {
      if (closed) {
        throw new IllegalStateException(this + " is closed");
      }
    }

    @Override
    public String toString() {
      return "SyncEvent 0x" + Long.toHexString(value) + (owned ? "" : ", borrowed");
    }

    private void closeIfUnused() {
      if (closed && uses == 0 && owned) {
        HResults.check("CloseHandle", MfVirtualCamera.closeHandle(value));
      }
    }
  }
}
