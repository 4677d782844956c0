package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.MoreExecutors;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What listeners are told in every state of their registration. */
class ListenersLifecycleTest {
  private static Object ok(Runnable call) {
    call.run();
    return null;
  }

  private static LifecycleTable table() {
    return new LifecycleTable(scene -> stateOf(scene))
        .call("close", scene -> ok(scene.registration::close))
        .hasAllOf(Registration.class.getDeclaredMethods())
        .call("toString", scene -> scene.registration.toString().length());
  }

  private static String stateOf(Scene scene) {
    if (VirtualCameras.ledger().watches() > 0) {
      return "listening";
    }
    Dispatchers.noneIsLeft();
    return scene.recorder.told;
  }

  private static void listen(Scene scene, Executor executor, KsEvent ksEvent) {
    scene.armed(ksEvent);
    scene.recorder = new Scene.Recorder();
    scene.registration = scene.add(scene.sync.onSignal(scene.recorder, executor));
  }

  private static void listen(Scene scene) {
    listen(scene, MoreExecutors.directExecutor(), Cameras.QUIET);
  }

  private static LifecycleTable.State after(LifecycleTable.State begin, Call ending) {
    return scene -> {
      begin.make(scene);
      ending.on(scene);
      // Gone when it has told everything.
      Dispatchers.noneIsLeft();
    };
  }

  /** What ends a registration. */
  @FunctionalInterface
  private interface Call {
    void on(Scene scene);
  }

  @Test
  void ofASyncObject() {
    LifecycleTable.State listening = ListenersLifecycleTest::listen;
    table()
        .state("listening", listening)
        .state(
            "camera stopped",
            scene -> {
              listen(scene);
              scene.camera.stop();
            })
        .state("closed", after(listening, scene -> scene.registration.close()))
        .state("shut down", after(listening, scene -> scene.sync.shutdown()))
        .state("sync closed", after(listening, scene -> scene.sync.close()))
        .state("removed", after(listening, scene -> scene.camera.remove()))
        .state("camera closed", after(listening, scene -> scene.camera.close()))
        .state(
            "oneshot fired",
            after(
                scene ->
                    listen(
                        scene,
                        MoreExecutors.directExecutor(),
                        Cameras.QUIET.withMode(KsEvent.Mode.ONESHOT)),
                scene -> scene.event.set()))
        .is(
            "          listening  camera stopped  closed  shut down  sync closed  removed  camera closed  oneshot fired",
            "(is)      listening  listening       silent  shut down  closed       lost     shut down      spent",
            "close     ok>silent  ok>silent       ok      ok         ok           ok       ok             ok",
            "toString  ok         ok              ok      ok         ok           ok       ok             ok");
  }

  @Test
  void ofACamera() {
    LifecycleTable.State listening =
        scene -> {
          scene.recorder = new Scene.Recorder();
          scene.registration =
              scene.add(scene.created().start(scene.recorder, MoreExecutors.directExecutor()));
        };
    table()
        .state("listening", listening)
        .state(
            "stopped",
            scene -> {
              listening.make(scene);
              scene.camera.stop();
              // Of the pipeline that was shut down.
              Eventually.holds(() -> scene.recorder.told.equals("told"), () -> scene.recorder.told);
            })
        .state("closed", after(listening, scene -> scene.registration.close()))
        .state("removed", after(listening, scene -> scene.camera.remove()))
        .state("shut down", after(listening, scene -> scene.camera.shutdown()))
        .state("camera closed", after(listening, scene -> scene.camera.close()))
        .is(
            "          listening  stopped    closed  removed  shut down  camera closed",
            "(is)      listening  listening  silent  lost     shut down  closed",
            "close     ok>silent  ok>told    ok      ok       ok         ok",
            "toString  ok         ok         ok      ok       ok         ok");
  }

  /** It ends without the listener, who cannot be told. */
  @Test
  void withAnExecutorThatRejects() {
    try (LogCapture log = new LogCapture()) {
      Executor rejecting =
          task -> {
            throw new RejectedExecutionException("of a test");
          };
      table()
          .state(
              "rejected",
              after(scene -> listen(scene, rejecting, Cameras.QUIET), scene -> scene.event.set()))
          .is("          rejected", "(is)      silent", "close     ok", "toString  ok");
      Eventually.holds(() -> log.count("of a test") > 0, log::toString);
    }
  }

  @Test
  void aCameraThatWasRemovedTakesNewOnes() throws InterruptedException {
    try (Scene scene = new Scene()) {
      scene.started().remove();
      scene.recorder = new Scene.Recorder();
      scene.add(scene.camera.start(scene.recorder, MoreExecutors.directExecutor()));
      scene.source = scene.add(scene.camera.getMediaSource());
      scene.reader = scene.add(scene.source.openReader(PixelFormat.NV12));
      assertTrue(scene.reader.read(Cameras.LONG).isPresent());

      Eventually.holds(() -> scene.recorder.told.equals("told"), () -> scene.recorder.told);
    }
  }
}
