package io.github.mfvcam;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** For tests of one sync object: a started camera, and an event that only the test signals. */
abstract class QuietSyncObject {
  VirtualCamera camera;
  SyncEvent event;
  CameraSyncObject sync;

  @BeforeEach
  void open() {
    camera = Cameras.started();
    event = SyncEvent.autoReset();
    sync = camera.createSyncEvent(Cameras.QUIET, event);
  }

  @AfterEach
  void close() {
    sync.close();
    event.close();
    camera.close();
  }
}
