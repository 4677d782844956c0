package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/** What programs did to the simulator's objects, by its own count (simulator.h). */
final class SimulatorCounters {
  private static final KsProperty COUNTERS =
      KsProperty.of(UUID.fromString("5b1d5c56-3c3b-4d0b-9c3e-5b1a4e0e4c68"), 1);

  final int camerasCreated;
  final int cameraShutdowns;
  final int camerasReleased;
  final int syncObjectsCreated;
  final int syncObjectShutdowns;
  final int syncObjectsReleased;

  private SimulatorCounters(ByteBuffer counters) {
    camerasCreated = counters.getInt();
    cameraShutdowns = counters.getInt();
    camerasReleased = counters.getInt();
    syncObjectsCreated = counters.getInt();
    syncObjectShutdowns = counters.getInt();
    syncObjectsReleased = counters.getInt();
    assertEquals(0, counters.remaining());
  }

  /** Of all cameras, whichever is asked. */
  static SimulatorCounters get(VirtualCamera camera) {
    byte[] counters = camera.getProperty(COUNTERS);
    return new SimulatorCounters(ByteBuffer.wrap(counters).order(ByteOrder.LITTLE_ENDIAN));
  }
}
