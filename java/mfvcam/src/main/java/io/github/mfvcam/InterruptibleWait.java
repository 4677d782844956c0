package io.github.mfvcam;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Lets {@link Thread#interrupt} end a native wait. A selector is the one hook the JDK offers for
 * that: between begin and end, an interrupt calls {@link #wakeup}, which sets the wait's cancel
 * event.
 *
 * <p>Newer JDKs may call wakeup a moment after end. So cancel events are kept for the next wait and
 * never closed, and a wait that was cancelled without an interrupt goes on.
 */
final class InterruptibleWait extends AbstractSelector {
  /** A native wait that returns ERROR_CANCELLED when the cancel event is set. */
  @FunctionalInterface
  interface NativeWait {
    int call(int timeoutMillis, long cancelEvent);
  }

  /** As many as there ever were waits at a time. */
  private static final ConcurrentLinkedDeque<InterruptibleWait> IDLE =
      new ConcurrentLinkedDeque<>();

  private final long cancelEvent;

  private InterruptibleWait() {
    super(null);
    long[] out = new long[1];
    HResults.check("CreateEventW", MfVirtualCamera.createEvent(true, false, null, out));
    cancelEvent = out[0];
  }

  /** Returns the wait's code. */
  static int run(Duration duration, NativeWait wait) throws InterruptedException {
    return run(new Timeout(duration), wait);
  }

  /** Returns the wait's code. */
  static int run(Timeout timeout, NativeWait wait) throws InterruptedException {
    throwIfInterrupted();
    InterruptibleWait hook = IDLE.poll();
    if (hook == null) {
      hook = new InterruptibleWait();
    }
    try {
      int hresult = hook.waitOnce(timeout, wait);
      while (hresult == HResults.CANCELLED) {
        // Before the flag is read: an interrupt after the reading sets the event again.
        HResults.check("ResetEvent", MfVirtualCamera.resetEvent(hook.cancelEvent));
        throwIfInterrupted();
        hresult = hook.waitOnce(timeout, wait);
      }
      return hresult;
    } finally {
      IDLE.push(hook);
    }
  }

  static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private int waitOnce(Timeout timeout, NativeWait wait) {
    begin();
    try {
      return wait.call((int) timeout.millisLeft(), cancelEvent);
    } finally {
      end();
    }
  }

  @Override
  public Selector wakeup() {
    HResults.check("SetEvent", MfVirtualCamera.setEvent(cancelEvent));
    return this;
  }

  @Override
  protected void implCloseSelector() {}

  @Override
  protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attachment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<SelectionKey> keys() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<SelectionKey> selectedKeys() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int selectNow() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int select(long timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int select() {
    throw new UnsupportedOperationException();
  }
}
