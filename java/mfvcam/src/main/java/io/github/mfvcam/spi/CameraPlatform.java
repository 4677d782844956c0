package io.github.mfvcam.spi;

import java.util.List;

/**
 * A stand-in for Windows' mfsensorgroup.dll, such as the simulator. It is used only when a program
 * asks for it: by {@link io.github.mfvcam.VirtualCameras#install}, or by the system property {@code
 * mfvcam.platform} with the {@linkplain #name() name} of one that {@link java.util.ServiceLoader}
 * finds.
 *
 * @since 0.1
 */
public interface CameraPlatform {

  /**
   * The name by which {@code mfvcam.platform} chooses it.
   *
   * @return the name, not empty
   */
  String name();

  /**
   * The DLL that exports {@code MFCreateVirtualCamera} and {@code MFIsVirtualCameraTypeSupported},
   * as the name of a resource of this class's own class loader: {@code
   * natives/<os>_<bits>/<folder>/<name>.dll}. A resource of that name with {@code .sha256} appended
   * holds the hexadecimal SHA-256 of the DLL. For a module, the folder's name must be none that a
   * package could have, such as {@code my-platform}: others could not read what is in a package.
   *
   * @return the resource's name, without a leading slash
   * @throws UnsupportedOperationException if there is none for this JVM's processor; the message
   *     says which there are, and becomes that of the {@link
   *     io.github.mfvcam.VirtualCameraException}
   */
  String libraryResource();

  /**
   * Files that the DLL wants beside it, as names of resources in its folder, each with its {@code
   * .sha256}.
   *
   * @return the resources' names, without a leading slash; none by default
   */
  default List<String> companionResources() {
    return List.of();
  }
}
