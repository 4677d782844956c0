package io.github.mfvcam.simulator;

import io.github.mfvcam.VirtualCameras;
import io.github.mfvcam.spi.CameraPlatform;
import java.util.List;

/**
 * Virtual cameras without Windows' own, for tests and development: on Windows 10, in CI, under
 * Wine. A program asks for it by {@link #install}, or is started with {@code
 * -Dmfvcam.platform=simulator}. Only programs of this user that ask for it, too, see its cameras.
 * It has DLLs for x64 JVMs only.
 *
 * <p>Media sources live in a process of their own, {@code mfvcam-frameserver.exe}, as they do in
 * Windows' Frame Server. It starts with the first camera and ends soon after the last. Programs
 * with different values of the environment variable {@code MFVCAM_SIMULATOR_SERVER} (letters and
 * digits) have one each, and do not see each other's cameras.
 *
 * <p>What it answers where Windows' documents are silent can be chosen by the environment variable
 * {@code MFVCAM_SIMULATOR_SWITCHES} ({@code name=value,name=value}; the names and values are in
 * native/simulator/README.md): a program that depends on one of the answers rests on a guess. With
 * a wrong value no camera can be made, and stderr says why.
 *
 * @since 0.1
 */
public final class Simulator implements CameraPlatform {
  /** No package could have this name, so that the library may read it when this is a module. */
  private static final String FOLDER = "natives/windows_64/mfvcam-simulator/";

  /** For {@link java.util.ServiceLoader}; programs call {@link #install}. */
  public Simulator() {}

  /**
   * Makes the simulator stand in for Windows until the process ends. Before the first use of
   * virtual cameras; does nothing if it was done.
   *
   * @throws IllegalStateException if virtual cameras were used before, or another stand-in is
   *     installed
   * @throws io.github.mfvcam.VirtualCameraException if this is not Windows or no x64 JVM, or a DLL
   *     cannot be loaded
   */
  public static void install() {
    VirtualCameras.install(new Simulator());
  }

  @Override
  public String name() {
    return "simulator";
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedOperationException if this is no x64 JVM
   */
  @Override
  public String libraryResource() {
    String arch = System.getProperty("os.arch");
    if (!arch.equals("amd64") && !arch.equals("x86_64")) {
      throw new UnsupportedOperationException(
          "the simulator has DLLs for x64 JVMs only, and this JVM's os.arch is \""
              + arch
              + "\"; run an x64 JVM");
    }
    return FOLDER + "mfsensorgroup.dll";
  }

  @Override
  public List<String> companionResources() {
    return List.of(FOLDER + "mfvcam-frameserver.exe");
  }
}
