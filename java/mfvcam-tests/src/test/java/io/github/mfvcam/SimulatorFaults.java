package io.github.mfvcam;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/** What the simulator does on request (simulator.h). */
final class SimulatorFaults {
  private static final KsProperty FAULT =
      KsProperty.of(UUID.fromString("5b1d5c56-3c3b-4d0b-9c3e-5b1a4e0e4c68"), 4);

  private SimulatorFaults() {}

  /** The camera's media source dies. */
  static void invalidateSource(VirtualCamera camera) {
    set(camera, 1);
  }

  /** The process with all media sources dies. */
  static void killHost(VirtualCamera camera) {
    set(camera, 2);
  }

  private static void set(VirtualCamera camera, int fault) {
    camera.setProperty(
        FAULT, ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(fault).array());
  }
}
