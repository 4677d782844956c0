package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.MoreExecutors;
import io.github.mfvcam.jni.MfVirtualCamera;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Every method of a sync object in every state of it. */
class CameraSyncObjectLifecycleTest {
  private static LifecycleTable table() {
    return new LifecycleTable(scene -> scene.sync.poll() ? "signalled" : "quiet")
        .call("event", scene -> scene.sync.event())
        .call("await()", CameraSyncObjectLifecycleTest::await)
        .call("await(Duration)", scene -> scene.sync.await(Duration.ZERO))
        .call("poll", scene -> scene.sync.poll())
        .call("onSignal", CameraSyncObjectLifecycleTest::onSignal)
        .call("signalled", CameraSyncObjectLifecycleTest::signalled)
        .call("waitOnSignal", scene -> scene.sync.waitOnSignal(Duration.ZERO))
        .call("shutdown", scene -> ok(scene.sync::shutdown))
        .call("close", scene -> ok(scene.sync::close))
        .call("comPointer", scene -> MfVirtualCamera.releaseComPointer(scene.sync.comPointer()))
        .call("toString", scene -> scene.sync.toString().length())
        .hasAllOf(CameraSyncObject.class.getDeclaredMethods());
  }

  private static Object ok(Runnable call) {
    call.run();
    return null;
  }

  private static Object await(Scene scene) throws InterruptedException {
    if (!scene.before.equals("quiet")) {
      scene.sync.await();
      return null;
    }
    Background<Object> waiter =
        Background.startBlocking(
            () -> {
              scene.sync.await();
              return null;
            });
    waiter.interrupt();
    waiter.failure(InterruptedException.class);
    return "sleeps";
  }

  private static Object onSignal(Scene scene) throws Exception {
    CompletableFuture<Duration> told = new CompletableFuture<>();
    Registration registration = scene.sync.onSignal(told::complete, MoreExecutors.directExecutor());
    if (scene.before.equals("signalled")) {
      told.get(10, TimeUnit.SECONDS);
    }
    return registration;
  }

  private static Object signalled(Scene scene) throws Exception {
    CompletableFuture<Void> signal = scene.sync.signalled();
    if (scene.before.equals("signalled")) {
      signal.get(10, TimeUnit.SECONDS);
    }
    signal.cancel(false);
    return null;
  }

  private static CameraSyncObject quiet(Scene scene) {
    return scene.armed(Cameras.QUIET);
  }

  private static CameraSyncObject set(Scene scene) {
    CameraSyncObject sync = quiet(scene);
    scene.event.set();
    return sync;
  }

  @Test
  void alive() {
    table()
        .state("quiet", scene -> quiet(scene))
        .state("signalled", scene -> set(scene))
        .state(
            "event closed",
            scene -> {
              set(scene);
              scene.event.close();
            })
        .state("polled", scene -> quiet(scene).poll())
        .state("waited on", scene -> quiet(scene).waitOnSignal(Duration.ZERO))
        .state(
            "stopped",
            scene -> {
              quiet(scene);
              scene.camera.stop();
            })
        .state(
            "started again",
            scene -> {
              quiet(scene);
              scene.camera.stop();
              scene.camera.start();
            })
        .is(
            "                 quiet         signalled   event closed  polled        waited on     stopped       started again",
            "(is)             quiet         signalled   signalled     quiet         mixed         quiet         quiet",
            "event            ok            ok          ok            ok            ok            ok            ok",
            "await()          sleeps        ok>quiet    ok>quiet      sleeps        mixed         sleeps        sleeps",
            "await(Duration)  false         true>quiet  true>quiet    false         mixed         false         false",
            "poll             false         true>quiet  true>quiet    false         mixed         false         false",
            "onSignal         ok            ok>quiet    ok>quiet      ok            mixed         ok            ok",
            "signalled        ok            ok>quiet    ok>quiet      ok            mixed         ok            ok",
            "waitOnSignal     false>mixed   true>mixed  true>mixed    mixed         false         false>mixed   false>mixed",
            "shutdown         ok>shut down  ok          ok            ok>shut down  ok>shut down  ok>shut down  ok>shut down",
            "close            ok>closed     ok>closed   ok>closed     ok>closed     ok>closed     ok>closed     ok>closed",
            "comPointer       ok            ok          ok            ok            ok            ok            ok",
            "toString         ok            ok          ok            ok            ok            ok            ok");
  }

  @Test
  void ended() {
    table()
        .state("shut down", scene -> quiet(scene).shutdown())
        .state("closed", scene -> quiet(scene).close())
        .state(
            "removed",
            scene -> {
              quiet(scene);
              scene.camera.remove();
            })
        .state(
            "and started",
            scene -> {
              quiet(scene);
              scene.camera.remove();
              scene.camera.start();
            })
        .state(
            "camera shut down",
            scene -> {
              quiet(scene);
              scene.camera.shutdown();
            })
        .state(
            "camera closed",
            scene -> {
              quiet(scene);
              scene.camera.close();
            })
        .is(
            "                 shut down  closed  removed    and started  camera shut down  camera closed",
            "(is)             shut down  closed  lost       lost         shut down         shut down",
            "event            ok         ok      ok         ok           ok                ok",
            "await()          shut down  closed  lost       lost         shut down         shut down",
            "await(Duration)  shut down  closed  lost       lost         shut down         shut down",
            "poll             shut down  closed  lost       lost         shut down         shut down",
            "onSignal         shut down  closed  lost       lost         shut down         shut down",
            "signalled        shut down  closed  lost       lost         shut down         shut down",
            "waitOnSignal     shut down  closed  lost       lost         shut down         shut down",
            "shutdown         ok         closed  ok         ok           ok                ok",
            "close            ok>closed  ok      ok>closed  ok>closed    ok>closed         ok>closed",
            "comPointer       shut down  closed  lost       lost         shut down         shut down",
            "toString         ok         ok      ok         ok           ok                ok");
  }

  /** A signal that came before the end. */
  @Test
  void endedWithASignal() {
    table()
        .state("shut down", scene -> set(scene).shutdown())
        .state("closed", scene -> set(scene).close())
        .state(
            "removed",
            scene -> {
              set(scene);
              scene.camera.remove();
            })
        .state(
            "camera closed",
            scene -> {
              set(scene);
              scene.camera.close();
            })
        .is(
            "                 shut down       closed  removed    camera closed",
            "(is)             signalled       closed  signalled  signalled",
            "event            ok              ok      ok         ok",
            "await()          ok>shut down    closed  ok>lost    ok>shut down",
            "await(Duration)  true>shut down  closed  true>lost  true>shut down",
            "poll             true>shut down  closed  true>lost  true>shut down",
            "onSignal         shut down       closed  lost       shut down",
            "signalled        shut down       closed  lost       shut down",
            "waitOnSignal     shut down       closed  lost       shut down",
            "shutdown         ok              closed  ok         ok",
            "close            ok>closed       ok      ok>closed  ok>closed",
            "comPointer       shut down       closed  lost       shut down",
            "toString         ok              ok      ok         ok");
  }

  private static CameraSyncObject once(Scene scene) {
    return scene.armed(Cameras.QUIET.withMode(KsEvent.Mode.ONESHOT));
  }

  private static CameraSyncObject spent(Scene scene) {
    CameraSyncObject sync = once(scene);
    scene.event.set();
    assertTrue(sync.poll());
    return sync;
  }

  @Test
  void oneshot() {
    table()
        .state("quiet", scene -> once(scene))
        .state(
            "fired",
            scene -> {
              once(scene);
              scene.event.set();
            })
        .state("spent", scene -> spent(scene))
        .state(
            "and set again",
            scene -> {
              spent(scene);
              scene.event.set();
            })
        .state("shut down", scene -> spent(scene).shutdown())
        .state("closed", scene -> spent(scene).close())
        .state(
            "camera closed",
            scene -> {
              spent(scene);
              scene.camera.close();
            })
        .is(
            "                 quiet         fired       spent         and set again  shut down  closed  camera closed",
            "(is)             quiet         signalled   spent         spent          shut down  closed  shut down",
            "event            ok            ok          ok            ok             ok         ok      ok",
            "await()          sleeps        ok>spent    spent         spent          shut down  closed  shut down",
            "await(Duration)  false         true>spent  spent         spent          shut down  closed  shut down",
            "poll             false         true>spent  spent         spent          shut down  closed  shut down",
            "onSignal         ok            ok>spent    spent         spent          shut down  closed  shut down",
            "signalled        ok            ok>spent    spent         spent          shut down  closed  shut down",
            "waitOnSignal     false>mixed   true>spent  spent         spent          shut down  closed  shut down",
            "shutdown         ok>shut down  ok          ok>shut down  ok>shut down   ok         closed  ok",
            "close            ok>closed     ok>closed   ok>closed     ok>closed      ok>closed  ok      ok>closed",
            "comPointer       ok            ok          ok            ok             shut down  closed  shut down",
            "toString         ok            ok          ok            ok             ok         ok      ok");
  }
}
