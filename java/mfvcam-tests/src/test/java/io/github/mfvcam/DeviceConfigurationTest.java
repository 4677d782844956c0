package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What is added to a camera's device before Start. The simulator checks it and forgets; the bytes
 * are {@link DeviceValuesTest}'s.
 */
class DeviceConfigurationTest {
  private static final DevicePropertyKey KEY = DevicePropertyKey.FRIENDLY_NAME;

  private VirtualCamera camera;

  @BeforeEach
  void open() {
    camera = Cameras.open();
  }

  @AfterEach
  void close() {
    camera.close();
  }

  private static String assertRefused(String operation, Executable call) {
    VirtualCameraException e = assertThrows(VirtualCameraException.class, call);
    assertEquals(HResults.E_INVALIDARG, e.hresult());
    assertEquals("IMFVirtualCamera::" + operation, e.operation());
    return e.getMessage();
  }

  @Test
  void physicalCamerasAreNamed() {
    camera.addDeviceSourceInfo("\\\\?\\usb#vid_0000");
    camera.addDeviceSourceInfo("\\\\?\\usb#vid_0001");

    assertRefused("AddDeviceSourceInfo", () -> camera.addDeviceSourceInfo(""));
    assertThrows(IllegalArgumentException.class, () -> camera.addDeviceSourceInfo("a\0"));
    camera.start();
  }

  @Test
  void propertiesOfEveryTypeAreTaken() {
    for (DevicePropertyValue value :
        ImmutableList.of(
            DevicePropertyValue.ofInt8((byte) 1),
            DevicePropertyValue.ofUnsignedInt8(1),
            DevicePropertyValue.ofInt16((short) 1),
            DevicePropertyValue.ofUnsignedInt16(1),
            DevicePropertyValue.ofInt32(1),
            DevicePropertyValue.ofUnsignedInt32(1),
            DevicePropertyValue.ofInt64(1),
            DevicePropertyValue.ofUnsignedInt64(1),
            DevicePropertyValue.ofFloat(1),
            DevicePropertyValue.ofDouble(1),
            DevicePropertyValue.ofBoolean(true),
            DevicePropertyValue.ofGuid(KEY.format()),
            DevicePropertyValue.ofFileTime(Instant.EPOCH),
            DevicePropertyValue.ofString("a"),
            DevicePropertyValue.ofStrings(ImmutableList.of("a")),
            DevicePropertyValue.ofBinary(new byte[1]),
            DevicePropertyValue.raw(0x1007, new byte[8]))) {
      camera.addProperty(KEY, value);
    }
    camera.start();
  }

  @Test
  void aPropertyWithoutTypeOrBytesIsRefused() {
    byte[] bytes = new byte[1];
    assertRefused("AddProperty", () -> camera.addProperty(KEY, DevicePropertyValue.raw(0, bytes)));
    assertRefused("AddProperty", () -> camera.addProperty(KEY, DevicePropertyValue.raw(1, bytes)));
    assertRefused(
        "AddProperty", () -> camera.addProperty(KEY, DevicePropertyValue.raw(0xFFF, bytes)));
    String message =
        assertRefused(
            "AddProperty",
            () -> camera.addProperty(KEY, DevicePropertyValue.ofBinary(new byte[0])));
    assertTrue(message.contains(KEY.toString()), message);
    assertTrue(message.contains("DEVPROPTYPE 0x1003, 0 bytes"), message);
  }

  @Test
  void registryEntriesOfEveryTypeAreTaken() {
    for (RegistryValue value :
        ImmutableList.of(
            RegistryValue.ofString("a"),
            RegistryValue.ofExpandableString("%TEMP%"),
            RegistryValue.ofBinary(new byte[1]),
            RegistryValue.ofBinary(new byte[0]),
            RegistryValue.ofDword(1),
            RegistryValue.ofStrings(ImmutableList.of("a")),
            RegistryValue.ofQword(1))) {
      camera.addRegistryEntry("name", null, value);
      camera.addRegistryEntry("name", "one\\two", value);
    }
    camera.start();
  }

  @Test
  void aRegistryEntryWithoutTypeIsRefused() {
    String message =
        assertRefused(
            "AddRegistryEntry",
            () -> camera.addRegistryEntry("name", "sub", RegistryValue.raw(0, new byte[1])));
    assertTrue(message.contains("sub\\name = registry type 0, 1 bytes 00"), message);
    assertRefused(
        "AddRegistryEntry",
        () -> camera.addRegistryEntry("name", null, RegistryValue.raw(12, new byte[1])));
    RegistryValue value = RegistryValue.ofDword(1);
    assertThrows(IllegalArgumentException.class, () -> camera.addRegistryEntry("a\0", null, value));
    assertThrows(IllegalArgumentException.class, () -> camera.addRegistryEntry("a", "b\0", value));
  }

  @Test
  void shutDownItTakesNoMore() {
    camera.shutdown();

    assertThrows(CameraShutDownException.class, () -> camera.addDeviceSourceInfo("a"));
    assertThrows(
        CameraShutDownException.class,
        () -> camera.addProperty(KEY, DevicePropertyValue.ofString("a")));
    assertThrows(
        CameraShutDownException.class,
        () -> camera.addRegistryEntry("a", null, RegistryValue.ofDword(1)));
  }
}
