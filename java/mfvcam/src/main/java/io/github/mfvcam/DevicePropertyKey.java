package io.github.mfvcam;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.UUID;

/**
 * The key of a device property ({@code DEVPROPKEY}), for {@link VirtualCamera#addProperty}.
 * Immutable.
 *
 * @since 0.1
 */
public final class DevicePropertyKey {
  private static final UUID VIRTUAL_CAMERA =
      UUID.fromString("6edc630d-c2e3-43b7-b2d1-20525a1af120");

  /**
   * {@code DEVPKEY_DeviceInterface_IsVirtualCamera} (mfvirtualcamera.h), a boolean. Windows sets it
   * to true for every camera made here; what lacks it is no virtual camera.
   */
  public static final DevicePropertyKey IS_VIRTUAL_CAMERA = of(VIRTUAL_CAMERA, 3);

  /**
   * {@code DEVPKEY_DeviceInterface_IsWindowsCameraEffectAvailable} (mfvirtualcamera.h of later
   * SDKs), a boolean: the camera offers Windows' camera effects.
   */
  public static final DevicePropertyKey IS_WINDOWS_CAMERA_EFFECT_AVAILABLE = of(VIRTUAL_CAMERA, 4);

  /**
   * {@code DEVPKEY_DeviceInterface_VirtualCameraAssociatedCameras} (mfvirtualcamera.h of later
   * SDKs), a string list: the symbolic links of the physical cameras behind this one.
   */
  public static final DevicePropertyKey VIRTUAL_CAMERA_ASSOCIATED_CAMERAS = of(VIRTUAL_CAMERA, 5);

  /** {@code DEVPKEY_DeviceInterface_FriendlyName} (devpkey.h), a string. */
  public static final DevicePropertyKey FRIENDLY_NAME =
      of(UUID.fromString("026e516e-b814-414b-83cd-856d6fef4822"), 2);

  /** {@code DEVPKEY_Device_InstanceId} (devpkey.h), a string. */
  public static final DevicePropertyKey INSTANCE_ID =
      of(UUID.fromString("78c34fc8-104a-4aca-9ea4-524d52996e57"), 256);

  private final UUID format;
  private final int id;

  private DevicePropertyKey(UUID format, int id) {
    this.format = requireNonNull(format, "format");
    this.id = id;
  }

  /**
   * A key by its parts.
   *
   * @param format the category's GUID ({@code DEVPROPKEY.fmtid})
   * @param id the property within the category ({@code DEVPROPKEY.pid}), an unsigned 32-bit number
   * @return the key
   */
  public static DevicePropertyKey of(UUID format, int id) {
    return new DevicePropertyKey(format, id);
  }

  /**
   * The category's GUID.
   *
   * @return the format
   */
  public UUID format() {
    return format;
  }

  /**
   * The property within the category.
   *
   * @return the id, an unsigned 32-bit number
   */
  public int id() {
    return id;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DevicePropertyKey
        && format.equals(((DevicePropertyKey) other).format)
        && id == ((DevicePropertyKey) other).id;
  }

  @Override
  public int hashCode() {
    return Objects.hash(format, id);
  }

  @Override
  public String toString() {
    return "DevicePropertyKey {" + format + "} " + Integer.toUnsignedString(id);
  }
}
