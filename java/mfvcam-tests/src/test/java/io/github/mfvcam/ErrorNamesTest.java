package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes, their names, and advice that needs no camera. */
@Tag("anywhere")
class ErrorNamesTest {
  private static final String START = "IMFVirtualCamera::Start";

  private static VirtualCameraException failure(String operation, int hresult) {
    return assertThrows(VirtualCameraException.class, () -> HResults.check(operation, hresult));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "hresults.csv")
  void everyDocumentedCodeHasItsName(String name, String hex) {
    int hresult = Integer.parseUnsignedInt(hex.substring(2), 16);

    assertEquals(name, HResults.name(hresult));
    assertEquals(name + " (" + hex + ")", HResults.describe(hresult));
  }

  @Test
  void anExceptionKnowsItsName() {
    assertEquals("REGDB_E_CLASSNOTREG", failure(START, 0x80040154).hresultName());
    assertEquals("0x8BADF00D", failure(START, 0x8BADF00D).hresultName());
  }

  @Test
  void whatIsNotEmptyOfTheContextIsInBrackets() {
    VirtualCameraException e =
        assertThrows(
            VirtualCameraException.class, () -> HResults.check(START, 0x8BADF00D, "camera", "", 7));

    assertEquals("IMFVirtualCamera::Start: 0x8BADF00D [camera, 7]", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0x8007007E, 0x8007007F, 0x80070032})
  void whereThereAreNoCamerasTheSimulatorIsOffered(int hresult) {
    String message = failure(HResults.CREATE_VIRTUAL_CAMERA, hresult).getMessage();

    assertTrue(
        message.endsWith(
            "use mfvcam-simulator: Simulator.install() or -Dmfvcam.platform=simulator"),
        message);
    assertFalse(failure(START, hresult).getMessage().contains("imulator"));
  }

  @Test
  void aSystemWithoutCamerasIsNotBlamedOnWindows() {
    CameraUnsupportedException e =
        assertThrows(CameraUnsupportedException.class, () -> HostPlatform.folder("Linux", "amd64"));
    CameraSupport support = new CameraSupport("Windows", e.hresult(), e.getMessage());

    assertEquals("not supported: " + e.getMessage(), support.toString());
  }

  @ParameterizedTest
  @CsvSource({
    // Reference: what people reported, and what to do.
    "Start, 0x80070005, LOCAL SERVICE",
    "Start, 0x80070005, unblock",
    "AddProperty, 0x80070005, administrator",
    "AddRegistryEntry, 0x80070005, administrator",
    "Stop, 0x80070005, all users",
    "Remove, 0x80070005, all users",
    "Start, 0x80040154, HKEY_LOCAL_MACHINE",
    "Start, 0x800401F9, DllGetClassObject",
    "Start, 0x800706BE, died",
    "Start, 0x8007007E, C runtime",
    "Start, 0x800700C1, architecture",
    "Start, 0x80070422, Frame Server",
    "Start, 0xC00D36B2, camera effects",
    "CreateSyncSemaphore, 0xC00D36B2, call start() first",
    "CreateSyncEvent, 0x80070492, event set",
    "CreateSyncEvent, 0x80004001, does not implement",
    "CreateSyncEvent, 0x800705AA, no more sync objects",
    "SendCameraProperty, 0x80070490, no property of this id",
    "GetMediaSource, 0x80070020, physical camera",
    "Stop, 0xC00D36D5, no such camera",
  })
  void theCauseIsToldWhereItIsKnown(String method, String hex, String part) {
    int hresult = Integer.parseUnsignedInt(hex.substring(2), 16);
    String message = failure("IMFVirtualCamera::" + method, hresult).getMessage();

    assertTrue(message.contains(part), message);
  }
}
