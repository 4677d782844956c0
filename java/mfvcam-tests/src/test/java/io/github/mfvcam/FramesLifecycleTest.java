package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mfvcam.jni.MfVirtualCamera;
import org.junit.jupiter.api.Test;

/** Every method of a media source and of a reader in every state of them. */
class FramesLifecycleTest {
  private static final int INVALID_MEDIA_TYPE = 0xC00D36B4;
  private static final int INVALIDATED = 0xC00D3EA2;

  private static Object ok(Runnable call) {
    call.run();
    return null;
  }

  private static LifecycleTable sources() {
    return new LifecycleTable(scene -> scene.source.openReader(PixelFormat.NV12))
        .call("openReader", scene -> scene.source.openReader(PixelFormat.NV12))
        .call("comPointer", scene -> MfVirtualCamera.releaseComPointer(scene.source.comPointer()))
        .call("close", scene -> ok(scene.source::close))
        .call("toString", scene -> scene.source.toString().length())
        .hasAllOf(MediaSource.class.getDeclaredMethods());
  }

  /** Asks for a format that there is not, which takes no source, until it is told of the end. */
  private static void awaitEnd(MediaSource source) {
    Eventually.holds(
        () ->
            source.handle.call(
                    "IMFSourceReader",
                    handle -> MfVirtualCamera.openReader(handle, 0, 0, new long[6]),
                    INVALID_MEDIA_TYPE,
                    INVALIDATED)
                != INVALID_MEDIA_TYPE,
        () -> "the source has not ended");
  }

  @Test
  void aMediaSource() {
    sources()
        .state("open", Scene::source)
        .state("reader open", Scene::reader)
        .state("reader closed", scene -> scene.reader().close())
        .state("closed", scene -> scene.source().close())
        .is(
            "            open       reader open  reader closed  closed",
            "(is)        ok         taken        taken          closed",
            "openReader  ok>taken   taken        taken          closed",
            "comPointer  ok         ok           ok             closed",
            "close       ok>closed  ok>closed    ok>closed      ok",
            "toString    ok         ok           ok             ok");
  }

  @Test
  void aMediaSourceOfACameraThatEnded() {
    sources()
        .state(
            "stopped",
            scene -> {
              scene.source();
              scene.camera.stop();
              awaitEnd(scene.source);
            })
        .state(
            "started again",
            scene -> {
              scene.source();
              scene.camera.stop();
              awaitEnd(scene.source);
              scene.camera.start();
            })
        .state(
            "removed",
            scene -> {
              scene.source();
              scene.camera.remove();
              awaitEnd(scene.source);
            })
        .state(
            "shut down",
            scene -> {
              scene.source();
              scene.camera.shutdown();
            })
        .state(
            "camera closed",
            scene -> {
              scene.source();
              scene.camera.close();
            })
        .is(
            "            stopped    started again  removed    shut down  camera closed",
            "(is)        ended      ended          ended      shut down  shut down",
            "openReader  ended      ended          ended      shut down  shut down",
            "comPointer  ok         ok             ok         shut down  shut down",
            "close       ok>closed  ok>closed      ok>closed  ok>closed  ok>closed",
            "toString    ok         ok             ok         ok         ok");
  }

  private static LifecycleTable readers() {
    return new LifecycleTable(scene -> scene.reader.read(Cameras.LONG))
        .call("format", scene -> scene.reader.format())
        .call("read", scene -> scene.reader.read(Cameras.LONG))
        .call("close", scene -> ok(scene.reader::close))
        .call("toString", scene -> scene.reader.toString().length())
        .hasAllOf(CameraReader.class.getDeclaredMethods());
  }

  private static CameraReader read(Scene scene) throws InterruptedException {
    CameraReader reader = scene.reader();
    assertTrue(reader.read(Cameras.LONG).isPresent());
    return reader;
  }

  @Test
  void aReader() {
    readers()
        .state("open", Scene::reader)
        .state("reading", FramesLifecycleTest::read)
        .state(
            "source closed",
            scene -> {
              scene.reader();
              scene.source.close();
            })
        .state("closed", scene -> scene.reader().close())
        .state("closed after reads", scene -> read(scene).close())
        .is(
            "          open       reading    source closed  closed  closed after reads",
            "(is)      ok         ok         ok             closed  closed",
            "format    ok         ok         ok             ok      ok",
            "read      ok         ok         ok             closed  closed",
            "close     ok>closed  ok>closed  ok>closed      ok      ok",
            "toString  ok         ok         ok             ok      ok");
  }

  @Test
  void aReaderOfACameraThatEnded() {
    readers()
        .state(
            "stopped",
            scene -> {
              read(scene);
              scene.camera.stop();
            })
        .state(
            "started again",
            scene -> {
              read(scene);
              scene.camera.stop();
              scene.camera.start();
            })
        .state(
            "removed",
            scene -> {
              read(scene);
              scene.camera.remove();
            })
        .state(
            "stopped and removed",
            scene -> {
              read(scene);
              scene.camera.stop();
              scene.camera.remove();
            })
        .state(
            "shut down",
            scene -> {
              read(scene);
              scene.camera.shutdown();
            })
        .state(
            "camera closed",
            scene -> {
              read(scene);
              scene.camera.close();
            })
        .is(
            "          stopped    started again  removed    stopped and removed  shut down  camera closed",
            "(is)      ended      ended          lost       ended                shut down  shut down",
            "format    ok         ok             ok         ok                   ok         ok",
            "read      ended      ended          lost       ended                shut down  shut down",
            "close     ok>closed  ok>closed      ok>closed  ok>closed            ok>closed  ok>closed",
            "toString  ok         ok             ok         ok                   ok         ok");
  }

  @Test
  void aReaderThatHasNotReadOfACameraThatEnded() {
    readers()
        .state(
            "stopped",
            scene -> {
              scene.reader();
              scene.camera.stop();
            })
        .state(
            "started again",
            scene -> {
              scene.reader();
              scene.camera.stop();
              scene.camera.start();
            })
        .state(
            "removed",
            scene -> {
              scene.reader();
              scene.camera.remove();
            })
        .state(
            "camera closed",
            scene -> {
              scene.reader();
              scene.camera.close();
            })
        .is(
            "          stopped    started again  removed    camera closed",
            "(is)      ended      ended          lost       shut down",
            "format    ok         ok             ok         ok",
            "read      ended      ended          lost       shut down",
            "close     ok>closed  ok>closed      ok>closed  ok>closed",
            "toString  ok         ok             ok         ok");
  }
}
