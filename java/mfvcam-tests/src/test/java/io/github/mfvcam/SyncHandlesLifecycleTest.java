package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Every method of events and semaphores in every state of them. */
class SyncHandlesLifecycleTest {
  private static final AtomicInteger NAMES = new AtomicInteger();

  /** Higher than Windows gives them away. */
  private static final long NO_HANDLE = 0x7FFF_FFF0;

  private static String name() {
    return "mfvcam lifecycle test " + System.nanoTime() + " " + NAMES.incrementAndGet();
  }

  private static Object ok(Runnable call) {
    call.run();
    return null;
  }

  private static LifecycleTable events() {
    return new LifecycleTable(scene -> scene.event.poll() ? "set" : "reset")
        .call("set", scene -> ok(scene.event::set))
        .call("reset", scene -> ok(scene.event::reset))
        .call("poll", scene -> scene.event.poll())
        .call("close", scene -> ok(scene.event::close))
        .call("toString", scene -> scene.event.toString().length())
        .hasAllOf(SyncEvent.class.getDeclaredMethods());
  }

  private static SyncEvent event(Scene scene, SyncEvent event) {
    scene.event = scene.add(event);
    return event;
  }

  private static long eventHandle() {
    long[] out = new long[1];
    HResults.check("CreateEventW", MfVirtualCamera.createEvent(false, false, null, out));
    return out[0];
  }

  @Test
  void anEvent() {
    events()
        .state("auto", scene -> event(scene, SyncEvent.autoReset()))
        .state("set", scene -> event(scene, SyncEvent.autoReset()).set())
        .state("manual set", scene -> event(scene, SyncEvent.manualReset()).set())
        .state("closed", scene -> event(scene, SyncEvent.autoReset()).close())
        .state(
            "in use",
            scene -> {
              scene.armed(Cameras.QUIET);
              scene.event.set();
            })
        .state(
            "closed in use",
            scene -> {
              scene.armed(Cameras.QUIET);
              scene.event.close();
            })
        .state(
            "camera closed",
            scene -> {
              scene.armed(Cameras.QUIET);
              scene.camera.close();
            })
        .is(
            "          auto       set         manual set  closed  in use      closed in use  camera closed",
            "(is)      reset      set         set         closed  set         closed         reset",
            "set       ok>set     ok          ok          closed  ok          closed         ok>set",
            "reset     ok         ok>reset    ok>reset    closed  ok>reset    closed         ok",
            "poll      false      true>reset  true        closed  true>reset  closed         false",
            "close     ok>closed  ok>closed   ok>closed   ok      ok>closed   ok             ok>closed",
            "toString  ok         ok          ok          ok      ok          ok             ok");
  }

  @Test
  void anEventThatSomebodyElseHasToo() {
    events()
        .state(
            "opened",
            scene -> {
              String name = name();
              scene.add(SyncEvent.autoReset(name)).set();
              event(scene, SyncEvent.open(name));
            })
        .state(
            "maker closed",
            scene -> {
              String name = name();
              SyncEvent maker = scene.add(SyncEvent.autoReset(name));
              event(scene, SyncEvent.open(name)).set();
              maker.close();
            })
        .state(
            "borrowed",
            scene -> {
              long handle = eventHandle();
              scene.add(() -> MfVirtualCamera.closeHandle(handle));
              event(scene, SyncEvent.borrow(handle));
            })
        .state("no handle", scene -> event(scene, SyncEvent.borrow(NO_HANDLE)))
        .state(
            "a semaphore",
            scene -> {
              long[] out = new long[1];
              MfVirtualCamera.createSemaphore(1, 1, null, out);
              scene.add(() -> MfVirtualCamera.closeHandle(out[0]));
              event(scene, SyncEvent.borrow(out[0]));
            })
        .is(
            "          opened      maker closed  borrowed   no handle  a semaphore",
            "(is)      set         set           reset      no handle  set",
            "set       ok          ok            ok>set     no handle  no handle",
            "reset     ok>reset    ok>reset      ok         no handle  no handle",
            "poll      true>reset  true>reset    false      no handle  true>reset",
            "close     ok>closed   ok>closed     ok>closed  ok>closed  ok>closed",
            "toString  ok          ok            ok         ok         ok");
  }

  private static LifecycleTable semaphores() {
    return new LifecycleTable(
            scene -> {
              int count = 0;
              while (scene.semaphore.poll()) {
                count++;
              }
              return "count " + count;
            })
        .call("release", scene -> scene.semaphore.release(1))
        .call("poll", scene -> scene.semaphore.poll())
        .call("close", scene -> ok(scene.semaphore::close))
        .call("toString", scene -> scene.semaphore.toString().length())
        .hasAllOf(SyncSemaphore.class.getDeclaredMethods());
  }

  private static SyncSemaphore semaphore(Scene scene, SyncSemaphore semaphore) {
    scene.semaphore = scene.add(semaphore);
    return semaphore;
  }

  private static void use(Scene scene) {
    semaphore(scene, SyncSemaphore.create(1, 2));
    scene.sync = scene.add(scene.started().createSyncSemaphore(Cameras.QUIET, scene.semaphore, 1));
  }

  private static long semaphoreHandle() {
    long[] out = new long[1];
    HResults.check("CreateSemaphoreW", MfVirtualCamera.createSemaphore(0, 1, null, out));
    return out[0];
  }

  @Test
  void aSemaphore() {
    semaphores()
        .state("empty", scene -> semaphore(scene, SyncSemaphore.create(0, 1)))
        .state("full", scene -> semaphore(scene, SyncSemaphore.create(1, 1)))
        .state("closed", scene -> semaphore(scene, SyncSemaphore.create(1, 1)).close())
        .state("in use", SyncHandlesLifecycleTest::use)
        .state(
            "closed in use",
            scene -> {
              use(scene);
              scene.semaphore.close();
            })
        .state(
            "camera closed",
            scene -> {
              use(scene);
              scene.camera.close();
            })
        .is(
            "          empty       full          closed  in use        closed in use  camera closed",
            "(is)      count 0     count 1       closed  count 1       closed         count 1",
            "release   ok>count 1  full          closed  ok>count 2    closed         ok>count 2",
            "poll      false       true>count 0  closed  true>count 0  closed         true>count 0",
            "close     ok>closed   ok>closed     ok      ok>closed     ok             ok>closed",
            "toString  ok          ok            ok      ok            ok             ok");
  }

  @Test
  void aSemaphoreThatSomebodyElseHasToo() {
    semaphores()
        .state(
            "opened",
            scene -> {
              String name = name();
              scene.add(SyncSemaphore.create(name, 1, 2));
              semaphore(scene, SyncSemaphore.open(name));
            })
        .state(
            "maker closed",
            scene -> {
              String name = name();
              SyncSemaphore maker = scene.add(SyncSemaphore.create(name, 1, 2));
              semaphore(scene, SyncSemaphore.open(name));
              maker.close();
            })
        .state(
            "borrowed",
            scene -> {
              long handle = semaphoreHandle();
              scene.add(() -> MfVirtualCamera.closeHandle(handle));
              semaphore(scene, SyncSemaphore.borrow(handle));
            })
        .state("no handle", scene -> semaphore(scene, SyncSemaphore.borrow(NO_HANDLE)))
        .is(
            "          opened        maker closed  borrowed    no handle",
            "(is)      count 1       count 1       count 0     no handle",
            "release   ok>count 2    ok>count 2    ok>count 1  no handle",
            "poll      true>count 0  true>count 0  false       no handle",
            "close     ok>closed     ok>closed     ok>closed   ok>closed",
            "toString  ok            ok            ok          ok");
  }

  @Test
  void closedTheyMakeNoSyncObject() {
    try (Scene scene = new Scene()) {
      VirtualCamera camera = scene.started();
      SyncEvent event = SyncEvent.autoReset();
      event.close();
      Closed.assertSays(
          event,
          assertThrows(
              IllegalStateException.class, () -> camera.createSyncEvent(Cameras.QUIET, event)));
      SyncSemaphore semaphore = SyncSemaphore.create(0, 1);
      semaphore.close();
      Closed.assertSays(
          semaphore,
          assertThrows(
              IllegalStateException.class,
              () -> camera.createSyncSemaphore(Cameras.QUIET, semaphore, 1)));
    }
  }
}
