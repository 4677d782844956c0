package io.github.mfvcam;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The Java side of a native watch. The {@code told} methods run on the dispatcher's thread, and
 * must neither block nor call the program's code but through an executor.
 */
abstract class Watch {
  private static final AtomicLong TAGS = new AtomicLong();

  /** A native function that begins a watch. */
  @FunctionalInterface
  interface Beginning {
    int call(long object, long queue, long tag, long[] out);
  }

  private final long tag = TAGS.incrementAndGet();

  // All with this object's lock.
  private Dispatcher dispatcher; // until nothing more will be told
  private long handle; // until ended
  private boolean told; // a signal, and not rearmed

  /** Watches a native object, which the caller keeps alive as long as this. */
  final void begin(NativeHandle object, String operation, Beginning beginning) {
    Dispatcher joined = Dispatcher.join();
    boolean begun = false;
    try {
      // What is told meanwhile waits for the handle.
      synchronized (this) {
        long[] out = new long[1];
        long queue = joined.open(tag, this);
        object.call(operation, h -> beginning.call(h, queue, tag, out));
        handle = out[0];
        dispatcher = joined;
        begun = true;
      }
    } finally {
      if (!begun) {
        joined.forget(tag);
        joined.leave();
      }
    }
  }

  /**
   * Ends the watch. A signal that nobody took stays in the event.
   *
   * @return true if this call ended it, and nothing will be told any more; false if it had ended or
   *     a signal was taken: that was or will still be told
   */
  final boolean end() {
    boolean untold;
    Dispatcher left;
    synchronized (this) {
      if (handle == 0) {
        return false;
      }
      untold = MfVirtualCamera.cancelWatch(handle) == HResults.S_OK;
      handle = 0;
      if (!untold && !told) {
        // The dispatcher has the signal: it leaves when it has told it.
        return false;
      }
      left = dispatcher;
      dispatcher = null;
    }
    leave(left);
    return untold;
  }

  /** Watches for the next signal. */
  final void rearm() {
    int hresult = HResults.S_OK;
    synchronized (this) {
      told = false;
      if (handle != 0) {
        hresult = MfVirtualCamera.rearm(handle);
      }
    }
    if (hresult < 0) {
      // Better an end than silence.
      tellEnd(hresult);
    }
  }

  private void leave(Dispatcher left) {
    left.forget(tag);
    left.leave();
  }

  final void tellSignal(long time) {
    Dispatcher left = null;
    synchronized (this) {
      if (dispatcher == null) {
        return;
      }
      told = true;
      if (handle == 0) {
        left = dispatcher;
        dispatcher = null;
      }
    }
    if (left != null) {
      leave(left);
    }
    toldSignal(time);
  }

  final void tellEvent(long typeHigh, long typeLow, int status, long time) {
    synchronized (this) {
      if (handle == 0) {
        return;
      }
    }
    toldEvent(typeHigh, typeLow, status, time);
  }

  final void tellEnd(int status) {
    Dispatcher left;
    synchronized (this) {
      if (dispatcher == null) {
        return;
      }
      if (handle != 0) {
        MfVirtualCamera.cancelWatch(handle);
        handle = 0;
      }
      left = dispatcher;
      dispatcher = null;
    }
    leave(left);
    toldEnd(status);
  }

  void toldSignal(long time) {
    throw new AssertionError("a signal at " + Ticks.toDuration(time));
  }

  void toldEvent(long typeHigh, long typeLow, int status, long time) {
    throw new AssertionError("an event at " + Ticks.toDuration(time));
  }

  /** The last. */
  abstract void toldEnd(int status);
}
