package io.github.mfvcam;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.function.LongToIntFunction;

/**
 * A Win32 HANDLE, owned or borrowed. A HANDLE has no generation: whoever uses it must know that it
 * is open.
 */
final class KernelHandle implements AutoCloseable {
  private final State state;
  private final Cleaner.Cleanable cleanable;

  private KernelHandle(State state) {
    this.state = state;
    cleanable = Ownership.register(this, state);
  }

  /**
   * A HANDLE that is closed with this object.
   *
   * @param type the public class, for messages
   */
  static KernelHandle owned(String type, long value) {
    return new KernelHandle(new State(type, value, true));
  }

  /** A HANDLE that stays its owner's. */
  static KernelHandle borrowed(String type, long value) {
    return new KernelHandle(new State(type, value, false));
  }

  /** A call that never blocks. */
  int quickly(LongToIntFunction function) {
    try {
      return state.quickly(function);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Whether it is signalled; takes what a wait takes. */
  boolean poll() {
    int hresult = quickly(h -> MfVirtualCamera.waitForSingleObject(h, 0));
    return HResults.check("WaitForSingleObject", hresult, this) == HResults.S_OK;
  }

  /**
   * A call that may block: the HANDLE stays open until it returns, and close does not wait for it.
   */
  int use(LongToIntFunction function) {
    state.acquire();
    try {
      return function.applyAsInt(state.value);
    } finally {
      state.release();
      Reference.reachabilityFence(this);
    }
  }

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
    return state.toString();
  }

  private static final class State implements Runnable {
    final String type;
    final long value;
    private final boolean owned;
    private boolean closed;
    private int uses;

    State(String type, long value, boolean owned) {
      this.type = type;
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
      return type + " 0x" + Long.toHexString(value) + (owned ? "" : ", borrowed");
    }

    private void closeIfUnused() {
      if (closed && uses == 0 && owned) {
        HResults.check("CloseHandle", MfVirtualCamera.closeHandle(value));
      }
    }
  }
}
