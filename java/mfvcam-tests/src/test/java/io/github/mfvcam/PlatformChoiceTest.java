package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mfvcam.simulator.Simulator;
import io.github.mfvcam.spi.CameraPlatform;
import org.junit.jupiter.api.Test;

/** Who makes the cameras, each time in a JVM where that is still open. */
class PlatformChoiceTest {
  /** Does not ask for the simulator, though it is on the class path, until all else is done. */
  public static final class AsksLate {
    private AsksLate() {}

    /** Runs in a child JVM. */
    public static void main(String[] args) {
      CameraSupport support = VirtualCameras.support();
      System.out.println(support.platform() + ": " + support);
      try {
        VirtualCamera.builder(MfvcamSource.CLASS_ID, "on Windows").open().close();
        System.out.println("opened");
      } catch (VirtualCameraException e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
      }
      try {
        Simulator.install();
        System.out.println("then: " + VirtualCameras.support());
      } catch (IllegalStateException e) {
        System.out.println("too late: " + e.getMessage());
      }
    }
  }

  /** Asks for the simulator. */
  public static final class Installs {
    private Installs() {}

    /** Runs in a child JVM. */
    public static void main(String[] args) {
      Simulator.install();
      Simulator.install();
      System.out.println(VirtualCameras.support());
      Simulator.install();
    }
  }

  @Test
  void nobodyGetsTheSimulatorByAccident() {
    String output = new ChildJvm().run(AsksLate.class);

    assertTrue(output.contains("Windows: "), output);
    if (output.contains("Windows: supported by Windows")) {
      assertTrue(output.contains("too late: mfvcam_use_provider: MFVCAM_E_PROVIDER"), output);
    } else {
      assertTrue(output.contains("Windows: not supported: MFIsVirtualCamera"), output);
      assertTrue(output.contains("Simulator.install() or -Dmfvcam.platform=simulator"), output);
      assertTrue(output.contains("CameraUnsupportedException MFCreateVirtualCamera"), output);
      assertTrue(output.contains("needs Windows 11 (build 22000)"), output);
      assertTrue(output.contains("then: supported by simulator"), output);
    }
  }

  @Test
  void aProgramMayInstallIt() {
    String output = new ChildJvm().run(Installs.class);

    assertTrue(output.contains("supported by simulator"), output);
  }

  @Test
  void aSecondPlatformIsRefused() {
    CameraPlatform other =
        new CameraPlatform() {
          @Override
          public String name() {
            return "other";
          }

          @Override
          public String libraryResource() {
            return "natives/windows_64/other/other.dll";
          }
        };

    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> VirtualCameras.install(other));
    assertTrue(e.getMessage().contains("\"simulator\" is installed already"), e.getMessage());
  }
}
