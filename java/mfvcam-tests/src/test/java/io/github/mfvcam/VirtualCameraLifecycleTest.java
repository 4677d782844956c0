package io.github.mfvcam;

import com.google.common.util.concurrent.MoreExecutors;
import io.github.mfvcam.jni.MfVirtualCamera;
import org.junit.jupiter.api.Test;

/** Every method of a camera in every state of it. */
class VirtualCameraLifecycleTest {
  private static LifecycleTable table() {
    return new LifecycleTable(scene -> stateOf(scene))
        .call("start()", scene -> ok(scene.camera::start))
        .call(
            "start(CameraListener, Executor)",
            scene -> scene.camera.start(event -> {}, MoreExecutors.directExecutor()))
        .call("stop", scene -> ok(scene.camera::stop))
        .call("remove", scene -> ok(scene.camera::remove))
        .call("shutdown", scene -> ok(scene.camera::shutdown))
        .call("close", scene -> ok(scene.camera::close))
        .call(
            "createSyncEvent",
            scene -> scene.camera.createSyncEvent(Cameras.QUIET, scene.add(SyncEvent.autoReset())))
        .call(
            "createSyncSemaphore",
            scene ->
                scene.camera.createSyncSemaphore(
                    Cameras.QUIET, scene.add(SyncSemaphore.create(0, 1)), 1))
        .call("getMediaSource", scene -> scene.camera.getMediaSource())
        .call("getProperty", scene -> scene.camera.getProperty(MfvcamSource.COUNTERS))
        // Our media source lets nothing be set, which shows that it was asked.
        .call(
            "setProperty",
            scene -> ok(() -> scene.camera.setProperty(MfvcamSource.COUNTERS, new byte[1])))
        .call(
            "sendProperty",
            scene ->
                scene.camera.sendProperty(
                    MfvcamSource.COUNTERS, KsProperty.Request.GET, new byte[0], new byte[128]))
        .call("symbolicLink", scene -> scene.camera.symbolicLink())
        .call("friendlyName", scene -> scene.camera.friendlyName())
        .call("attributes", scene -> scene.camera.attributes())
        .call("addDeviceSourceInfo", scene -> ok(() -> scene.camera.addDeviceSourceInfo("link")))
        .call(
            "addProperty",
            scene ->
                ok(
                    () ->
                        scene.camera.addProperty(
                            DevicePropertyKey.FRIENDLY_NAME, DevicePropertyValue.ofString("name"))))
        .call(
            "addRegistryEntry",
            scene ->
                ok(() -> scene.camera.addRegistryEntry("name", null, RegistryValue.ofDword(1))))
        .call("comPointer", scene -> MfVirtualCamera.releaseComPointer(scene.camera.comPointer()))
        .call("toString", scene -> scene.camera.toString().length())
        .hasAllOf(VirtualCamera.class.getDeclaredMethods());
  }

  private static Object ok(Runnable call) {
    call.run();
    return null;
  }

  /** By what is to be had of it: removed or lost, it is gone. */
  private static String stateOf(Scene scene) {
    VirtualCamera camera = scene.camera;
    try (SyncEvent event = SyncEvent.autoReset()) {
      camera.symbolicLink();
      try {
        camera.createSyncEvent(Cameras.QUIET, event).close();
        return "started";
      } catch (CameraLostException e) {
        return "gone";
      } catch (VirtualCameraException e) {
        // Only one that there is can be stopped.
        camera.stop();
        return "stopped";
      }
    } catch (VirtualCameraException | IllegalStateException e) {
      return LifecycleTable.describe(e);
    }
  }

  @Test
  void ofItsOwn() {
    table()
        .state("created", Scene::created)
        .state("started", Scene::started)
        .state("stopped", scene -> scene.started().stop())
        .state(
            "started again",
            scene -> {
              scene.started().stop();
              scene.camera.start();
            })
        .state("removed", scene -> scene.started().remove())
        .state("shut down", scene -> scene.started().shutdown())
        .state("closed", scene -> scene.started().close())
        .is(
            "                                 created       started       stopped       started again  removed       shut down  closed",
            "(is)                             no camera     started       stopped       started        gone          shut down  closed",
            "start()                          ok>started    ok            ok>started    ok             ok>started    shut down  closed",
            "start(CameraListener, Executor)  ok>started    ok            ok>started    ok             ok>started    shut down  closed",
            "stop                             no camera     ok>stopped    ok            ok>stopped     no camera     shut down  closed",
            "remove                           no camera     ok>gone       ok>gone       ok>gone        no camera     shut down  closed",
            "shutdown                         ok>shut down  ok>shut down  ok>shut down  ok>shut down   ok>shut down  ok         closed",
            "close                            ok>closed     ok>closed     ok>closed     ok>closed      ok>closed     ok>closed  ok",
            "createSyncEvent                  not started   ok            not started   ok             lost          shut down  closed",
            "createSyncSemaphore              not started   ok            not started   ok             lost          shut down  closed",
            "getMediaSource                   not started   ok            not started   ok             not started   shut down  closed",
            "getProperty                      not started   ok            not started   ok             not started   shut down  closed",
            "setProperty                      not started   refused       not started   refused        not started   shut down  closed",
            "sendProperty                     not started   ok            not started   ok             not started   shut down  closed",
            "symbolicLink                     none          ok            ok            ok             ok            shut down  closed",
            "friendlyName                     none          ok            ok            ok             ok            shut down  closed",
            "attributes                       ok            ok            ok            ok             ok            ok         closed",
            "addDeviceSourceInfo              ok            ok            ok            ok             ok            shut down  closed",
            "addProperty                      ok            ok            ok            ok             ok            shut down  closed",
            "addRegistryEntry                 ok            ok            ok            ok             ok            shut down  closed",
            "comPointer                       ok            ok            ok            ok             ok            shut down  closed",
            "toString                         ok            ok            ok            ok             ok            ok         ok");
  }

  /** A second object of the same camera, not started itself. */
  @Test
  void reopened() {
    table()
        .state("other started", scene -> reopen(scene))
        .state("other stopped", scene -> reopen(scene).stop())
        .state("other removed", scene -> reopen(scene).remove())
        .state("other shut down", scene -> reopen(scene).shutdown())
        .state("other closed", scene -> reopen(scene).close())
        .is(
            "                                 other started  other stopped  other removed  other shut down  other closed",
            "(is)                             started        stopped        no camera      started          started",
            "start()                          ok             ok>started     ok>started     ok               ok",
            "start(CameraListener, Executor)  ok             ok>started     ok>started     ok               ok",
            "stop                             ok>stopped     ok             no camera      ok>stopped       ok>stopped",
            "remove                           ok>gone        ok>gone        no camera      ok>gone          ok>gone",
            "shutdown                         ok>shut down   ok>shut down   ok>shut down   ok>shut down     ok>shut down",
            "close                            ok>closed      ok>closed      ok>closed      ok>closed        ok>closed",
            "createSyncEvent                  ok             not started    not started    ok               ok",
            "createSyncSemaphore              ok             not started    not started    ok               ok",
            "getMediaSource                   ok             not started    not started    ok               ok",
            "getProperty                      ok             not started    not started    ok               ok",
            "setProperty                      refused        not started    not started    refused          refused",
            "sendProperty                     ok             not started    not started    ok               ok",
            "symbolicLink                     ok             ok             ok             ok               ok",
            "friendlyName                     ok             ok             ok             ok               ok",
            "attributes                       ok             ok             ok             ok               ok",
            "addDeviceSourceInfo              ok             ok             ok             ok               ok",
            "addProperty                      ok             ok             ok             ok               ok",
            "addRegistryEntry                 ok             ok             ok             ok               ok",
            "comPointer                       ok             ok             ok             ok               ok",
            "toString                         ok             ok             ok             ok               ok");
  }

  /** Opens the camera once more and returns the first object. */
  private static VirtualCamera reopen(Scene scene) {
    VirtualCamera other = scene.started();
    scene.camera = scene.add(scene.builder.reopen().open());
    return other;
  }

  /** What becomes of one object when the camera ends by the other. */
  @Test
  void reopenedAndStarted() {
    table()
        .state("both started", scene -> startBoth(scene))
        .state("other stopped", scene -> lose(scene, startBoth(scene)::stop))
        .state("other removed", scene -> lose(scene, startBoth(scene)::remove))
        .state("other shut down", scene -> startBoth(scene).shutdown())
        .state("other closed", scene -> startBoth(scene).close())
        .is(
            "                                 both started  other stopped  other removed  other shut down  other closed",
            "(is)                             started       gone           gone           started          started",
            "start()                          ok            ok>started     ok>started     ok               ok",
            "start(CameraListener, Executor)  ok            ok>started     ok>started     ok               ok",
            "stop                             ok>stopped    ok             no camera      ok>stopped       ok>stopped",
            "remove                           ok>gone       ok             no camera      ok>gone          ok>gone",
            "shutdown                         ok>shut down  ok>shut down   ok>shut down   ok>shut down     ok>shut down",
            "close                            ok>closed     ok>closed      ok>closed      ok>closed        ok>closed",
            "createSyncEvent                  ok            lost           lost           ok               ok",
            "createSyncSemaphore              ok            lost           lost           ok               ok",
            "getMediaSource                   ok            not started    not started    ok               ok",
            "getProperty                      ok            not started    not started    ok               ok",
            "setProperty                      refused       not started    not started    refused          refused",
            "sendProperty                     ok            not started    not started    ok               ok",
            "symbolicLink                     ok            ok             ok             ok               ok",
            "friendlyName                     ok            ok             ok             ok               ok",
            "attributes                       ok            ok             ok             ok               ok",
            "addDeviceSourceInfo              ok            ok             ok             ok               ok",
            "addProperty                      ok            ok             ok             ok               ok",
            "addRegistryEntry                 ok            ok             ok             ok               ok",
            "comPointer                       ok            ok             ok             ok               ok",
            "toString                         ok            ok             ok             ok               ok");
  }

  private static VirtualCamera startBoth(Scene scene) {
    VirtualCamera other = reopen(scene);
    scene.camera.start();
    return other;
  }

  /** Ends the camera, and waits until the object has heard of it. */
  private static void lose(Scene scene, Runnable ending) {
    scene.event = scene.add(SyncEvent.autoReset());
    scene.sync = scene.add(scene.camera.createSyncEvent(Cameras.QUIET, scene.event));
    ending.run();
    Eventually.holds(
        () -> {
          try {
            scene.sync.poll();
            return false;
          } catch (CameraLostException e) {
            return true;
          }
        },
        () -> "not lost");
  }

  /** Two objects for one pointer. */
  @Test
  void ofAComPointer() {
    table()
        .state("created", scene -> adopt(scene))
        .state("other started", scene -> adopt(scene).start())
        .state(
            "started",
            scene -> {
              adopt(scene);
              scene.camera.start();
            })
        .state(
            "other shut down",
            scene -> {
              VirtualCamera other = adopt(scene);
              scene.camera.start();
              other.shutdown();
            })
        .state(
            "other closed",
            scene -> {
              VirtualCamera other = adopt(scene);
              scene.camera.start();
              other.close();
            })
        .is(
            "                                 created       other started  started       other shut down  other closed",
            "(is)                             no camera     started        started       shut down        shut down",
            "start()                          ok>started    ok             ok            shut down        shut down",
            "start(CameraListener, Executor)  ok>started    ok             ok            shut down        shut down",
            "stop                             no camera     ok>stopped     ok>stopped    shut down        shut down",
            "remove                           no camera     ok>gone        ok>gone       shut down        shut down",
            "shutdown                         ok>shut down  ok>shut down   ok>shut down  ok               ok",
            "close                            ok>closed     ok>closed      ok>closed     ok>closed        ok>closed",
            "createSyncEvent                  not started   ok             ok            shut down        shut down",
            "createSyncSemaphore              not started   ok             ok            shut down        shut down",
            "getMediaSource                   not started   ok             ok            shut down        shut down",
            "getProperty                      not started   ok             ok            shut down        shut down",
            "setProperty                      not started   refused        refused       shut down        shut down",
            "sendProperty                     not started   ok             ok            shut down        shut down",
            "symbolicLink                     none          ok             ok            shut down        shut down",
            "friendlyName                     none          ok             ok            shut down        shut down",
            "attributes                       ok            ok             ok            ok               ok",
            "addDeviceSourceInfo              ok            ok             ok            shut down        shut down",
            "addProperty                      ok            ok             ok            shut down        shut down",
            "addRegistryEntry                 ok            ok             ok            shut down        shut down",
            "comPointer                       ok            ok             ok            ok               ok",
            "toString                         ok            ok             ok            ok               ok");
  }

  /** Makes an object of another's pointer, and returns the other. */
  private static VirtualCamera adopt(Scene scene) {
    VirtualCamera other = scene.created();
    scene.camera =
        scene.add(
            VirtualCamera.fromNative(other.comPointer(), VirtualCamera.ComReference.TAKE_OVER));
    return other;
  }
}
