package io.github.mfvcam;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.function.LongToIntFunction;

/**
 * A handle of mfvcam.dll and its release. Calls and close need no lock between them: the DLL
 * answers a stale handle with E_HANDLE.
 */
final class NativeHandle implements AutoCloseable {
  private final Object name;

  @SuppressWarnings({
    "unused",
    "FieldCanBeLocal"
  }) // Kept alive: a collected parent would end its children.
  private final NativeHandle parent;

  private final State state;
  private final Cleaner.Cleanable cleanable;

  /**
   * @param name what messages call the object: a text, or an object whose toString gives it
   * @param parent what the object came from, or null
   * @param release what {@link #close} calls; the cleaner hands the handle to a native thread
   *     instead
   */
  NativeHandle(Object name, NativeHandle parent, long handle, LongToIntFunction release) {
    this.name = name;
    this.parent = parent;
    state = new State(handle, release);
    cleanable = Ownership.register(this, state);
  }

  /**
   * Calls a native function with the handle and returns its code if that is a success or among
   * {@code expected}.
   *
   * @throws IllegalStateException if this is closed, be it before or meanwhile
   */
  int call(String operation, LongToIntFunction function, int... expected) {
    return call(operation, "", function, expected);
  }

  /**
   * As {@link #call(String, LongToIntFunction, int...)}.
   *
   * @param details what messages say besides the object's name: the arguments, or an empty text
   */
  int call(String operation, Object details, LongToIntFunction function, int... expected) {
    try {
      requireOpen(operation);
      int hresult = function.applyAsInt(state.handle);
      for (int code : expected) {
        if (hresult == code) {
          return hresult;
        }
      }
      if (hresult < 0) {
        throw failure(operation, hresult, details);
      }
      return hresult;
    } finally {
      // A collection during the native call would release what it uses.
      Reference.reachabilityFence(this);
    }
  }

  /**
   * What a code stands for that a call, or a watch of this object, ended with.
   *
   * @param details as {@link #call(String, Object, LongToIntFunction, int...)}
   */
  RuntimeException failure(String operation, int hresult, Object details) {
    boolean mayBeOfClose = hresult == HResults.E_HANDLE || hresult == HResults.MF_E_SHUTDOWN;
    return mayBeOfClose && state.closed
        ? closed(operation)
        : HResults.exception(operation, hresult, name, details);
  }

  /**
   * For calls that use several handles, and a state between them.
   *
   * @throws IllegalStateException if this is closed
   */
  void requireOpen(String operation) {
    if (state.closed) {
      throw closed(operation);
    }
  }

  private IllegalStateException closed(String operation) {
    return new IllegalStateException(name + " is closed: " + operation);
  }

  /** The COM pointer behind it, with a reference that the caller releases. */
  long comPointer() {
    long[] out = new long[1];
    call("IUnknown::AddRef", h -> MfVirtualCamera.getComPointer(h, out));
    return out[0];
  }

  @Override
  public void close() {
    try {
      state.closed = true;
      cleanable.clean();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public String toString() {
    return name.toString();
  }

  private static final class State implements Runnable {
    final long handle;
    final LongToIntFunction release;
    volatile boolean closed;

    State(long handle, LongToIntFunction release) {
      this.handle = handle;
      this.release = release;
    }

    @Override
    public void run() {
      // Nobody is left to be told of a failure: the object is gone either way.
      int ignored = closed ? release.applyAsInt(handle) : MfVirtualCamera.releaseLater(handle);
    }
  }
}
