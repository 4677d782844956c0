package io.github.mfvcam.loading;

import io.github.mfvcam.Mfvcam;
import io.github.mfvcam.VirtualCameraException;
import io.github.mfvcam.VirtualCameras;
import io.github.mfvcam.simulator.Simulator;
import io.github.mfvcam.spi.CameraPlatform;

/** Installs platforms of which only the last can be used, and prints each report. */
public final class Install {
  private Install() {}

  /** Its DLL has no camera functions. */
  private static final class Useless implements CameraPlatform {
    @Override
    public String name() {
      return "useless";
    }

    @Override
    public String libraryResource() {
      return "natives/windows_64/mfvcam-source.dll";
    }
  }

  /** Takes no arguments. */
  public static void main(String[] args) {
    VirtualCameras.load();
    String arch = System.setProperty("os.arch", "aarch64");
    install(new Simulator());
    System.setProperty("os.arch", arch);
    install(new Useless());
    install(new Simulator());
  }

  private static void install(CameraPlatform platform) {
    try {
      VirtualCameras.install(platform);
    } catch (VirtualCameraException e) {
      System.out.println("same: " + (Mfvcam.loadReport().failure().orElse(null) == e));
    }
    System.out.println("is loaded: " + Mfvcam.loadReport().isLoaded());
    System.out.println(Mfvcam.loadReport());
  }
}
