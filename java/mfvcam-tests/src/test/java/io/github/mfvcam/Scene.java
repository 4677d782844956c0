package io.github.mfvcam;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;

/** A camera and what came from it, closed together. */
final class Scene implements AutoCloseable {
  /** A listener that keeps what it was told last. */
  static final class Recorder implements SignalListener, CameraListener {
    volatile String told = "silent";

    @Override
    public void onSignal(Duration time) {
      told = "told";
    }

    @Override
    public void onEvent(CameraEvent event) {
      told = "told";
    }

    @Override
    public void onEnd(RuntimeException reason) {
      told = LifecycleTable.describe(reason);
    }
  }

  final VirtualCamera.Builder builder =
      VirtualCamera.builder(MfvcamSource.CLASS_ID, "camera of a scene");

  VirtualCamera camera;
  SyncEvent event;
  SyncSemaphore semaphore;
  CameraSyncObject sync;
  MediaSource source;
  CameraReader reader;
  Registration registration;
  Recorder recorder;
  CameraAttributes attributes;
  Map<UUID, Object> map;
  Iterator<Map.Entry<UUID, Object>> entries;
  Map.Entry<UUID, Object> entry;

  /** The state that a call finds, in a {@link LifecycleTable}. */
  String before;

  private final Deque<AutoCloseable> all = new ArrayDeque<>();

  /** Has something closed with the scene. */
  <T extends AutoCloseable> T add(T object) {
    all.push(object);
    return object;
  }

  VirtualCamera created() {
    camera = add(builder.open());
    return camera;
  }

  VirtualCamera started() {
    created().start();
    return camera;
  }

  CameraSyncObject armed(KsEvent ksEvent) {
    event = add(SyncEvent.autoReset());
    sync = add(started().createSyncEvent(ksEvent, event));
    return sync;
  }

  MediaSource source() {
    source = add(started().getMediaSource());
    return source;
  }

  CameraReader reader() {
    reader = add(source().openReader(PixelFormat.NV12));
    return reader;
  }

  @Override
  public void close() {
    while (!all.isEmpty()) {
      AutoCloseable object = all.pop();
      try {
        object.close();
      } catch (Exception e) {
        throw new AssertionError(object.toString(), e);
      }
    }
  }
}
