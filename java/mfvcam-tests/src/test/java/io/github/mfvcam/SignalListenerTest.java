package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Resources are closed early, or only closed, on purpose.
class SignalListenerTest extends QuietSyncObject {
  private static final KsEvent PING = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ENABLE);

  @AutoClose("shutdown")
  private final ExecutorService executor = Executors.newFixedThreadPool(4);

  /** Keeps what it is told. */
  private static class Recorder implements SignalListener {
    final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

    @Override
    public void onSignal(Duration time) {
      told.add(time);
    }

    @Override
    public void onEnd(RuntimeException reason) {
      told.add(reason);
    }

    <T> T next(Class<T> type) throws InterruptedException {
      return assertInstanceOf(type, told.poll(10, TimeUnit.SECONDS));
    }

    void nextIsSignal() throws InterruptedException {
      next(Duration.class);
    }
  }

  /** Nobody watches or waits: a signal is for the next one who does. */
  private void nobodyTakesSignals() {
    assertEquals(0, VirtualCameras.ledger().watches());
    event.set();
    assertTrue(sync.poll());
  }

  @Test
  void theCameraTellsItAgainAndAgain() throws InterruptedException {
    Recorder listener = new Recorder();
    try (CameraSyncObject pings = camera.createSyncEvent(PING, event);
        Registration registration = pings.onSignal(listener, executor)) {
      Duration first = listener.next(Duration.class);
      Duration second = listener.next(Duration.class);

      assertTrue(second.compareTo(first) > 0);
      assertTrue(VirtualCameras.systemTime().compareTo(second) >= 0);
      assertTrue(registration.toString().contains("listener"), registration.toString());
    }
  }

  @Test
  void itRunsOnTheExecutorAndTheDispatcherIsADaemon() throws InterruptedException {
    BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    try (Registration pooled =
        sync.onSignal(time -> threads.add(Thread.currentThread()), executor)) {
      event.set();
      assertFalse(threads.take().getName().equals(Dispatcher.THREAD_NAME));
    }
    try (Registration direct =
        sync.onSignal(time -> threads.add(Thread.currentThread()), Runnable::run)) {
      event.set();
      Thread thread = threads.take();
      assertEquals(Dispatcher.THREAD_NAME, thread.getName());
      assertTrue(thread.isDaemon());
    }
  }

  @Test
  void oneThreadServesAllAndEndsWithTheLast() throws InterruptedException {
    Recorder listener = new Recorder();
    try (SyncEvent otherEvent = SyncEvent.autoReset();
        CameraSyncObject other = camera.createSyncEvent(Cameras.QUIET, otherEvent)) {
      Registration first = sync.onSignal(listener, executor);
      Registration second = other.onSignal(listener, executor);
      assertEquals(1, Dispatchers.count());
      assertEquals(1, VirtualCameras.ledger().queues());
      assertEquals(2, VirtualCameras.ledger().watches());

      first.close();
      first.close();
      otherEvent.set();
      listener.nextIsSignal();
      second.close();

      Dispatchers.noneIsLeft();
      assertEquals(0, VirtualCameras.ledger().queues());
      try (Registration again = sync.onSignal(listener, executor)) {
        event.set();
        listener.nextIsSignal();
      }
    }
  }

  @Test
  void theLastToLeaveAndTheNextToComeDoNotMissEachOther() throws InterruptedException {
    Background<Void> other =
        Background.start(
            () -> {
              try (SyncEvent otherEvent = SyncEvent.autoReset();
                  CameraSyncObject otherSync = camera.createSyncEvent(Cameras.QUIET, otherEvent)) {
                comeAndGo(otherSync, otherEvent);
              }
              return null;
            });
    comeAndGo(sync, event);
    other.result();
  }

  private void comeAndGo(CameraSyncObject own, SyncEvent ownEvent) throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      Recorder listener = new Recorder();
      try (Registration registration = own.onSignal(listener, Runnable::run)) {
        ownEvent.set();
        listener.nextIsSignal();
      }
    }
  }

  @Test
  void aSlowListenerIsNeverCalledTwiceAtATimeAndSignalsCoalesce() throws InterruptedException {
    Semaphore entered = new Semaphore(0);
    Semaphore leave = new Semaphore(0);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    SignalListener slow =
        time -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          entered.release();
          leave.acquireUninterruptibly();
          inside.decrementAndGet();
        };
    try (Registration registration = sync.onSignal(slow, executor)) {
      event.set();
      assertTrue(entered.tryAcquire(10, TimeUnit.SECONDS));
      for (int i = 0; i < 10; i++) {
        event.set();
      }
      leave.release();
      assertTrue(entered.tryAcquire(10, TimeUnit.SECONDS));
      leave.release();
      assertFalse(entered.tryAcquire(200, TimeUnit.MILLISECONDS));
      assertEquals(1, most.get());
    }
  }

  @Test
  void aSlowListenerLeavesSignalsToOthers() throws InterruptedException {
    Semaphore entered = new Semaphore(0);
    Semaphore leave = new Semaphore(0);
    try (Registration registration =
        sync.onSignal(
            time -> {
              entered.release();
              leave.acquireUninterruptibly();
            },
            executor)) {
      event.set();
      assertTrue(entered.tryAcquire(10, TimeUnit.SECONDS));
      event.set();
      assertTrue(sync.await(Cameras.LONG));
      leave.release();
    }
  }

  @Test
  void aSemaphoreCountsThemAll() throws InterruptedException {
    AtomicInteger told = new AtomicInteger();
    Semaphore leave = new Semaphore(0);
    try (SyncSemaphore semaphore = SyncSemaphore.create(0, 100);
        CameraSyncObject counted = camera.createSyncSemaphore(Cameras.QUIET, semaphore, 1);
        Registration registration =
            counted.onSignal(
                time -> {
                  leave.acquireUninterruptibly();
                  told.incrementAndGet();
                },
                executor)) {
      semaphore.release(50);
      leave.release(100);
      Eventually.holds(() -> told.get() == 50, () -> told + " were told, not 50");
      assertFalse(semaphore.poll());
    }
  }

  @Test
  void oneThatThrowsIsReportedAndToldAgain() throws InterruptedException {
    Recorder listener = new Recorder();
    try (LogCapture log = new LogCapture();
        Registration registration =
            sync.onSignal(
                time -> {
                  listener.onSignal(time);
                  throw new IllegalArgumentException("of a test");
                },
                executor)) {
      event.set();
      listener.nextIsSignal();
      event.set();
      listener.nextIsSignal();
      Eventually.holds(() -> log.count("of a test") == 2, log::toString);
    }
  }

  @Test
  void anExecutorThatRejectsEndsTheRegistrationAndIsReported() {
    try (LogCapture log = new LogCapture()) {
      Registration registration =
          sync.onSignal(
              time -> {},
              task -> {
                throw new RejectedExecutionException("of a test");
              });
      event.set();
      Eventually.holds(() -> log.count("of a test") == 1, log::toString);
      Dispatchers.noneIsLeft();
      nobodyTakesSignals();
      registration.close();
    }
  }

  @Test
  void closedItIsToldNothingMore() throws InterruptedException {
    Recorder listener = new Recorder();
    sync.onSignal(listener, executor).close();
    Dispatchers.noneIsLeft();
    nobodyTakesSignals();
    sync.close();
    assertNull(listener.told.poll(100, TimeUnit.MILLISECONDS));
  }

  @Test
  void aSignalThatWasTakenBeforeTheCloseIsTold() throws InterruptedException {
    BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    Recorder listener = new Recorder();
    Registration registration = sync.onSignal(listener, tasks::add);
    event.set();
    Runnable task = tasks.poll(10, TimeUnit.SECONDS);
    registration.close();
    assertNull(listener.told.peek());

    task.run();
    listener.nextIsSignal();
    nobodyTakesSignals();
  }

  /** It lies in the dispatcher's hands, behind another that holds the dispatcher up. */
  @Test
  void aSignalThatWasTakenAndNotToldBeforeTheCloseIsTold() {
    Semaphore entered = new Semaphore(0);
    Semaphore leave = new Semaphore(0);
    SignalListener obstacle =
        time -> {
          entered.release();
          leave.acquireUninterruptibly();
        };
    AtomicInteger told = new AtomicInteger();
    try (SyncSemaphore first = SyncSemaphore.create(0, 2);
        SyncSemaphore second = SyncSemaphore.create(0, 2);
        CameraSyncObject firstSync = camera.createSyncSemaphore(Cameras.QUIET, first, 1);
        CameraSyncObject secondSync = camera.createSyncSemaphore(Cameras.QUIET, second, 1)) {
      sync.onSignal(obstacle, Runnable::run);
      firstSync.onSignal(obstacle, Runnable::run);
      Registration registration =
          secondSync.onSignal(time -> told.incrementAndGet(), Runnable::run);
      event.set();
      entered.acquireUninterruptibly();
      signalUntilTaken(first);
      signalUntilTaken(second);
      leave.release();
      entered.acquireUninterruptibly();
      registration.close();
      leave.release(10);
      Eventually.holds(() -> told.get() == 1 || second.poll(), () -> "the signal is lost");
    }
  }

  private static void signalUntilTaken(SyncSemaphore semaphore) {
    semaphore.release(1);
    Eventually.holds(
        () -> {
          try {
            // Only if the count is 0 again.
            return semaphore.release(2) == 0;
          } catch (VirtualCameraException e) {
            return false;
          }
        },
        () -> "nobody takes the signal");
    assertTrue(semaphore.poll());
    assertTrue(semaphore.poll());
  }

  @Test
  void closesAgainstSignalsLoseNone() {
    for (int round = 0; round < 300; round++) {
      AtomicInteger told = new AtomicInteger();
      Registration registration = sync.onSignal(time -> told.incrementAndGet(), Runnable::run);
      Background<Void> signaller =
          Background.start(
              () -> {
                event.set();
                return null;
              });
      registration.close();
      signaller.result();
      // The dispatcher may be about to tell it.
      Eventually.holds(() -> told.get() == 1 || sync.poll(), () -> "the signal is lost");
      assertTrue(told.get() <= 1);
    }
  }

  @Test
  void itMayCloseItsOwnRegistrationAndSource() throws InterruptedException {
    Recorder listener = new Recorder();
    BlockingQueue<Registration> registrations = new LinkedBlockingQueue<>();
    Registration registration =
        sync.onSignal(
            time -> {
              try {
                registrations.take().close();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              sync.close();
              camera.close();
              listener.onSignal(time);
            },
            executor);
    registrations.add(registration);
    event.set();
    listener.nextIsSignal();
    Dispatchers.noneIsLeft();
  }

  @Test
  void itIsToldOfEachWayToEnd() throws InterruptedException {
    Recorder closed = new Recorder();
    Recorder shutDown = new Recorder();
    Recorder parentClosed = new Recorder();
    try (CameraSyncObject one = camera.createSyncEvent(Cameras.QUIET, event);
        CameraSyncObject two = camera.createSyncEvent(Cameras.QUIET, event)) {
      sync.onSignal(closed, executor);
      one.onSignal(shutDown, executor);
      two.onSignal(parentClosed, executor);
      sync.close();
      Closed.assertSays(sync, closed.next(IllegalStateException.class));
      one.shutdown();
      shutDown.next(CameraShutDownException.class);
      camera.close();
      parentClosed.next(CameraShutDownException.class);
    }
    assertTrue(closed.told.isEmpty() && shutDown.told.isEmpty() && parentClosed.told.isEmpty());
  }

  @Test
  void itIsToldOfALoss() throws InterruptedException {
    Recorder listener = new Recorder();
    sync.onSignal(listener, executor);
    camera.remove();
    listener.next(CameraLostException.class);
  }

  @Test
  void oneShotTellsOnceAndOfTheEnd() throws InterruptedException {
    Recorder listener = new Recorder();
    KsEvent once = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ONESHOT);
    try (CameraSyncObject ping = camera.createSyncEvent(once, event)) {
      ping.onSignal(listener, executor);
      listener.nextIsSignal();
      RuntimeException reason = listener.next(IllegalStateException.class);
      assertTrue(reason.getMessage().contains("MFVCAM_E_SPENT"), reason.getMessage());
      Dispatchers.noneIsLeft();

      for (IllegalStateException e :
          new IllegalStateException[] {
            assertThrows(IllegalStateException.class, () -> ping.await(Cameras.LONG)),
            assertThrows(IllegalStateException.class, ping::poll),
            assertThrows(IllegalStateException.class, ping::signalled),
            assertThrows(IllegalStateException.class, () -> ping.onSignal(listener, executor)),
          }) {
        assertTrue(e.getMessage().contains("ONESHOT"), e.getMessage());
      }
    }
  }

  @Test
  void whatIsClosedOrWaitedForByTheOtherWayCannotBeListenedTo() throws InterruptedException {
    Recorder listener = new Recorder();
    assertThrows(NullPointerException.class, () -> sync.onSignal(null, executor));
    assertThrows(NullPointerException.class, () -> sync.onSignal(listener, null));
    assertFalse(sync.waitOnSignal(Duration.ZERO));
    IllegalStateException mixed =
        assertThrows(IllegalStateException.class, () -> sync.onSignal(listener, executor));
    assertTrue(mixed.getMessage().contains("MFVCAM_E_WAIT_MIXED"), mixed.getMessage());
    sync.close();
    assertThrows(IllegalStateException.class, () -> sync.onSignal(listener, executor));
    Dispatchers.noneIsLeft();
  }

  @Test
  void aForgottenSyncObjectWithAListenerSignalsOn() throws InterruptedException {
    hearOfAForgottenSyncObject();
    Eventually.holdsAfterCollection(
        () -> Ownership.liveObjects() == 3, () -> Ownership.liveObjects() + " live, not 3");
  }

  /** In a method of its own, so that no local variable keeps them. */
  private static void hearOfAForgottenSyncObject() throws InterruptedException {
    Recorder listener = new Recorder();
    try (SyncEvent own = SyncEvent.autoReset();
        Registration registration = listenAndForget(own, listener)) {
      System.gc();
      own.set();
      listener.nextIsSignal();
    }
  }

  private static Registration listenAndForget(SyncEvent own, SignalListener listener) {
    VirtualCamera forgotten = VirtualCamera.builder(MfvcamSource.CLASS_ID, "forgotten").open();
    forgotten.start();
    return forgotten.createSyncEvent(Cameras.QUIET, own).onSignal(listener, Runnable::run);
  }

  @Test
  void aListenerIsLetGoAtTheEnd() {
    WeakReference<SignalListener> listener = listenToTheEnd();
    Eventually.holdsAfterCollection(() -> listener.get() == null, () -> "the listener is kept");
  }

  private WeakReference<SignalListener> listenToTheEnd() {
    Recorder listener = new Recorder();
    sync.onSignal(listener, executor);
    sync.close();
    return new WeakReference<>(listener);
  }

  @Test
  void ifTheQueueFailsAllAreToldOfIt() throws InterruptedException {
    Recorder listener = new Recorder();
    sync.onSignal(listener, executor);
    Dispatcher broken = Dispatcher.join();
    MfVirtualCamera.release(broken.queue);
    listener.next(VirtualCameraException.class);
    broken.leave();

    try (Registration registration = sync.onSignal(listener, executor)) {
      event.set();
      listener.nextIsSignal();
    }
  }
}
