package io.github.mfvcam;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One native queue and the one daemon thread that takes from it what watches have to tell: there
 * while there are watches. Who comes after the last has left gets a new one.
 */
final class Dispatcher implements Runnable {
  static final String THREAD_NAME = "mfvcam-dispatcher";

  private static final int BATCH = 64;
  private static final int LONGS = 6;
  private static final int SIGNALLED = 1;
  private static final int CAMERA_EVENT = 2;

  private static final Object LOCK = new Object();
  private static Dispatcher current; // LOCK

  final long queue;
  private final Map<Long, Watch> watches = new ConcurrentHashMap<>();
  private int users; // LOCK
  private volatile int failure;

  private Dispatcher() {
    long[] out = new long[1];
    HResults.check("mfvcam_create_queue", MfVirtualCamera.createQueue(out));
    queue = out[0];
  }

  /** To be followed by {@link #leave}. */
  static Dispatcher join() {
    synchronized (LOCK) {
      if (current == null) {
        current = begin();
      }
      current.users++;
      return current;
    }
  }

  private static Dispatcher begin() {
    Dispatcher dispatcher = new Dispatcher();
    // Without what the thread that happens to come first would pass on.
    Thread thread = new Thread(null, dispatcher, THREAD_NAME, 0, false);
    thread.setDaemon(true);
    boolean started = false;
    try {
      thread.start();
      started = true;
    } finally {
      if (!started) {
        MfVirtualCamera.release(dispatcher.queue);
      }
    }
    return dispatcher;
  }

  void leave() {
    synchronized (LOCK) {
      users--;
      if (users != 0) {
        return;
      }
      if (current == this) {
        current = null;
      }
    }
    // Ends the thread.
    MfVirtualCamera.release(queue);
  }

  /** The queue, for a watch that is to be told here. */
  long open(long tag, Watch watch) {
    watches.put(tag, watch);
    if (failure != 0) {
      throw HResults.exception("mfvcam_take", failure);
    }
    return queue;
  }

  void forget(long tag) {
    watches.remove(tag);
  }

  @Override
  public void run() {
    long[] batch = new long[BATCH * LONGS];
    long[] count = new long[1];
    int hresult = MfVirtualCamera.take(queue, -1, 0, batch, count);
    while (hresult >= 0) {
      for (int i = 0; i < count[0]; i++) {
        tell(batch, i * LONGS);
      }
      hresult = MfVirtualCamera.take(queue, -1, 0, batch, count);
    }
    end(hresult);
  }

  private void tell(long[] batch, int at) {
    Watch watch = watches.get(batch[at]);
    if (watch == null) {
      return;
    }
    int status = (int) batch[at + 2];
    long time = batch[at + 5];
    try {
      switch ((int) batch[at + 1]) {
        case SIGNALLED:
          watch.tellSignal(time);
          break;
        case CAMERA_EVENT:
          watch.tellEvent(batch[at + 3], batch[at + 4], status, time);
          break;
        default:
          watch.tellEnd(status);
      }
    } catch (Throwable e) {
      // One that fails must not silence the others.
      Listening.report("telling " + watch + " failed", e);
    }
  }

  /** Nobody is left after a release of the queue; otherwise better an end than silence. */
  private void end(int hresult) {
    synchronized (LOCK) {
      if (current == this) {
        current = null;
      }
    }
    failure = hresult;
    watches.values().forEach(watch -> watch.tellEnd(hresult));
  }
}
