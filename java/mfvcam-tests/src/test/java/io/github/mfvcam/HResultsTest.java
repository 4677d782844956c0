package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("anywhere")
class HResultsTest {
  private static final String START = "IMFVirtualCamera::Start";

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 0x7FFFFFFF})
  void successComesBack(int hresult) {
    assertEquals(hresult, HResults.check(START, hresult));
  }

  @Test
  void anExceptionSaysOperationNameCodeAndWhatToDo() {
    VirtualCameraException e =
        assertThrows(VirtualCameraException.class, () -> HResults.check(START, 0x80040154));

    assertEquals(START, e.operation());
    assertEquals(0x80040154, e.hresult());
    assertTrue(
        e.getMessage().startsWith("IMFVirtualCamera::Start: REGDB_E_CLASSNOTREG (0x80040154): "),
        e.getMessage());
    assertTrue(e.getMessage().contains("regsvr32"), e.getMessage());
  }

  @Test
  void anUnknownCodePassesThroughAsHex() {
    VirtualCameraException e =
        assertThrows(VirtualCameraException.class, () -> HResults.check(START, 0x8BADF00D));

    assertEquals(VirtualCameraException.class, e.getClass());
    assertEquals("IMFVirtualCamera::Start: 0x8BADF00D", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "IMFVirtualCamera::Start, 0x80070005, CameraAccessDeniedException",
    "MFCreateVirtualCamera, 0x8007007E, CameraUnsupportedException",
    "MFCreateVirtualCamera, 0x8007007F, CameraUnsupportedException",
    "MFIsVirtualCameraTypeSupported, 0x80070032, CameraUnsupportedException",
    // From a media source these say nothing of Windows.
    "IMFVirtualCamera::Start, 0x8007007E, VirtualCameraException",
    "IMFVirtualCamera::SendCameraProperty, 0x80070032, VirtualCameraException",
    "IMFVirtualCamera::Start, 0xC00D3E85, CameraShutDownException",
    "IMFSourceReader::ReadSample, 0xC00D3E84, CameraEndOfStreamException",
    "WaitForMultipleObjects, 0xA0040202, CameraLostException",
    "IMFVirtualCamera::Start, 0x800706BE, CameraLostException",
    "MFCreateVirtualCamera, 0xA0040203, VirtualCameraException",
  })
  void subclassesExistWhereAProgramActsDifferently(String operation, String hex, String type) {
    int hresult = (int) Long.parseLong(hex.substring(2), 16);

    VirtualCameraException e =
        assertThrows(VirtualCameraException.class, () -> HResults.check(operation, hresult));

    assertEquals(type, e.getClass().getSimpleName());
  }

  @ParameterizedTest
  @ValueSource(ints = {HResults.WAIT_MIXED, HResults.PROVIDER_IN_USE, HResults.READER_BUSY})
  void mistakesOfTheProgramAreIllegalStates(int hresult) {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> HResults.check("await", hresult));

    VirtualCameraException cause = assertInstanceOf(VirtualCameraException.class, e.getCause());
    assertEquals(hresult, cause.hresult());
    // The cause adds the code and repeats no advice.
    assertTrue(e.getMessage().startsWith(cause.getMessage() + ": "), e.getMessage());
  }

  @Test
  void codesReadTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(new Locale("ar", "EG", "#Arab"));
      assertEquals("ERROR_SET_NOT_FOUND (0x80070492)", HResults.describe(0x80070492));
    } finally {
      Locale.setDefault(before);
    }
  }
}
