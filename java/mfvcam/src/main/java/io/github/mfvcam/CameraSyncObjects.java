package io.github.mfvcam;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static java.util.Objects.requireNonNull;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Waits on many sync objects at once.
 *
 * @since 0.1
 */
public final class CameraSyncObjects {
  private static final int SIGNALLED = 1;

  private CameraSyncObjects() {}

  /**
   * Sleeps until one of several sync objects, of the same camera or of others, is signalled, and
   * takes that signal; the signals of the others stay in their events. If several are signalled
   * already, the first of the list is taken. Costs the same sleep for one as for thousands, but a
   * little for each at the beginning and at the end: {@link CameraSyncObject#onSignal} is for those
   * who wait again and again. A virtual thread holds its carrier thread meanwhile.
   *
   * @param syncObjects one or more, none twice
   * @param timeout 0 to 4294967294 ms, rounded up to whole milliseconds; 0 polls
   * @return the one that was signalled, or nothing after the timeout, which is never early
   * @throws InterruptedException if the thread is or gets interrupted; its interrupt status is
   *     cleared, and no signal lost
   * @throws IllegalArgumentException if the list is empty or has the same object twice, or the
   *     timeout is negative or too long
   * @throws IllegalStateException if one of them is or gets closed, was for {@link
   *     KsEvent.Mode#ONESHOT} and has fired, or {@link CameraSyncObject#waitOnSignal} was used on
   *     its event
   * @throws CameraShutDownException if one of them, or its camera, is or gets shut down, or its
   *     camera closed
   * @throws CameraLostException if the camera of one of them dies or is removed
   * @throws VirtualCameraException with any other code
   */
  public static Optional<CameraSyncObject> awaitAny(
      List<CameraSyncObject> syncObjects, Duration timeout) throws InterruptedException {
    Timeout left = new Timeout(timeout);
    List<CameraSyncObject> checked = check(syncObjects);
    InterruptibleWait.throwIfInterrupted();
    Optional<CameraSyncObject> signalled = poll(checked);
    if (signalled.isEmpty() && left.millisLeft() != 0) {
      signalled = sleep(checked, left);
      if (signalled.isEmpty()) {
        // What came too late for the sleep.
        signalled = poll(checked);
      }
    }
    return signalled;
  }

  private static List<CameraSyncObject> check(List<CameraSyncObject> syncObjects) {
    requireNonNull(syncObjects, "syncObjects");
    Set<CameraSyncObject> different = Collections.newSetFromMap(new IdentityHashMap<>());
    List<CameraSyncObject> copy = new ArrayList<>();
    int index = 0;
    for (CameraSyncObject syncObject : syncObjects) {
      checkNotNull(syncObject, "syncObjects[%s]", index);
      checkArgument(different.add(syncObject), "syncObjects[%s] is there twice", index);
      copy.add(syncObject);
      index++;
    }
    checkArgument(index != 0, "syncObjects is empty");
    copy.forEach(syncObject -> syncObject.handle().requireOpen("awaitAny"));
    return copy;
  }

  private static Optional<CameraSyncObject> poll(List<CameraSyncObject> syncObjects) {
    return syncObjects.stream().filter(CameraSyncObject::poll).findFirst();
  }

  private static Optional<CameraSyncObject> sleep(
      List<CameraSyncObject> syncObjects, Timeout timeout) throws InterruptedException {
    long[] out = new long[1];
    HResults.check("mfvcam_create_queue", MfVirtualCamera.createQueue(out));
    long queue = out[0];
    long[] watches = new long[syncObjects.size()];
    try {
      for (int i = 0; i < watches.length; i++) {
        watches[i] = syncObjects.get(i).watch(queue, i);
      }
      return take(queue, syncObjects, timeout);
    } finally {
      // Gives back the signals of all but the one that was taken.
      for (long watch : watches) {
        MfVirtualCamera.cancelWatch(watch);
      }
      MfVirtualCamera.release(queue);
    }
  }

  private static Optional<CameraSyncObject> take(
      long queue, List<CameraSyncObject> syncObjects, Timeout timeout) throws InterruptedException {
    long[] one = new long[6];
    int hresult =
        InterruptibleWait.run(
            timeout,
            (millis, cancelEvent) ->
                MfVirtualCamera.take(queue, millis, cancelEvent, one, new long[1]));
    if (HResults.check("mfvcam_take", hresult) == HResults.S_FALSE) {
      return Optional.empty();
    }
    CameraSyncObject told = syncObjects.get((int) one[0]);
    if (one[1] != SIGNALLED) {
      throw told.failure((int) one[2]);
    }
    return Optional.of(told);
  }
}
