package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.testing.EqualsTester;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The types and bytes of what is added to a camera's device, byte by byte. */
@Tag("anywhere")
class DeviceValuesTest {
  private static final UUID GUID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

  private static void assertIs(int type, String hex, DevicePropertyValue value) {
    assertEquals(type, value.type());
    assertEquals(hex, hexOf(value.bytes()));
  }

  private static void assertIs(int type, String hex, RegistryValue value) {
    assertEquals(type, value.type());
    assertEquals(hex, hexOf(value.bytes()));
  }

  private static String hexOf(byte[] bytes) {
    return IntStream.range(0, bytes.length)
        .mapToObj(i -> String.format(Locale.ROOT, "%02X", bytes[i]))
        .collect(Collectors.joining(" "));
  }

  @Test
  void numbersAreLittleEndian() {
    assertIs(0x2, "80", DevicePropertyValue.ofInt8((byte) -128));
    assertIs(0x3, "FF", DevicePropertyValue.ofUnsignedInt8(255));
    assertIs(0x4, "FE FF", DevicePropertyValue.ofInt16((short) -2));
    assertIs(0x5, "34 F2", DevicePropertyValue.ofUnsignedInt16(0xF234));
    assertIs(0x6, "78 56 34 12", DevicePropertyValue.ofInt32(0x12345678));
    assertIs(0x7, "FF FF FF FF", DevicePropertyValue.ofUnsignedInt32(0xFFFF_FFFFL));
    assertIs(0x8, "08 07 06 05 04 03 02 01", DevicePropertyValue.ofInt64(0x0102030405060708L));
    assertIs(
        0x9,
        "FF FF FF FF FF FF FF FF",
        DevicePropertyValue.ofUnsignedInt64(Long.parseUnsignedLong("18446744073709551615")));
    assertIs(0xA, "00 00 80 3F", DevicePropertyValue.ofFloat(1));
    assertIs(0xB, "00 00 00 00 00 00 00 C0", DevicePropertyValue.ofDouble(-2));
    assertIs(4, "78 56 34 F2", RegistryValue.ofDword(0xF2345678L));
    assertIs(11, "FE FF FF FF FF FF FF FF", RegistryValue.ofQword(-2));
  }

  @Test
  void trueIsMinusOneInOneByte() {
    assertIs(0x11, "FF", DevicePropertyValue.ofBoolean(true));
    assertIs(0x11, "00", DevicePropertyValue.ofBoolean(false));
  }

  @Test
  void aGuidHasItsFirstThreePartsLittleEndian() {
    assertIs(
        0xD, "33 22 11 00 55 44 77 66 88 99 AA BB CC DD EE FF", DevicePropertyValue.ofGuid(GUID));
  }

  @Test
  void textsAreUtf16WithTheirTerminator() {
    assertIs(0x12, "00 00", DevicePropertyValue.ofString(""));
    assertIs(0x12, "61 00 AC 20 00 00", DevicePropertyValue.ofString("a\u20ac"));
    assertIs(0x12, "3D D8 F7 DC 00 00", DevicePropertyValue.ofString("\uD83D\uDCF7"));
    // Half a pair is kept, as Windows does.
    assertIs(0x12, "3D D8 00 00", DevicePropertyValue.ofString("\uD83D"));
    assertIs(1, "61 00 00 00", RegistryValue.ofString("a"));
    assertIs(2, "25 00 00 00", RegistryValue.ofExpandableString("%"));
  }

  @Test
  void listsOfTextsHaveOneMoreTerminator() {
    assertIs(
        0x2012,
        "61 00 00 00 62 00 63 00 00 00 00 00",
        DevicePropertyValue.ofStrings(ImmutableList.of("a", "bc")));
    assertIs(0x2012, "00 00", DevicePropertyValue.ofStrings(ImmutableList.of()));
    assertIs(7, "61 00 00 00 00 00", RegistryValue.ofStrings(ImmutableList.of("a")));
  }

  @Test
  void aFileTimeCountsFrom1601In100Nanoseconds() {
    assertIs(
        0x10,
        "00 00 00 00 00 00 00 00",
        DevicePropertyValue.ofFileTime(Instant.parse("1601-01-01T00:00:00Z")));
    // 11644473600 s to 1970.
    assertIs(0x10, "00 80 3E D5 DE B1 9D 01", DevicePropertyValue.ofFileTime(Instant.EPOCH));
    assertIs(
        0x10,
        "01 80 3E D5 DE B1 9D 01",
        DevicePropertyValue.ofFileTime(Instant.ofEpochSecond(0, 199)));
    assertIs(
        0x10,
        "FF FF FF FF FF FF FF 7F",
        DevicePropertyValue.ofFileTime(Instant.parse("+30828-09-14T02:48:05.477580700Z")));
  }

  @Test
  void bytesAndOtherTypesGoThroughAsTheyAre() {
    byte[] bytes = {1, 2};
    DevicePropertyValue binary = DevicePropertyValue.ofBinary(bytes);
    DevicePropertyValue raw = DevicePropertyValue.raw(0x1005, bytes);
    RegistryValue registry = RegistryValue.ofBinary(bytes);
    RegistryValue other = RegistryValue.raw(5, bytes);
    bytes[0] = 9;
    binary.bytes()[0] = 9;

    assertIs(0x1003, "01 02", binary);
    assertIs(0x1005, "01 02", raw);
    assertIs(3, "01 02", registry);
    assertIs(5, "01 02", other);
    assertArrayEquals(new byte[0], RegistryValue.ofBinary(new byte[0]).bytes());
  }

  @Test
  void whatDoesNotFitIsRefusedByName() {
    assertRefused("value is 256, not", () -> DevicePropertyValue.ofUnsignedInt8(256));
    assertRefused("value is -1, not", () -> DevicePropertyValue.ofUnsignedInt16(-1));
    assertRefused(
        "value is 4294967296, not between 0 and 4294967295",
        () -> DevicePropertyValue.ofUnsignedInt32(1L << 32));
    assertRefused("value is -1, not", () -> RegistryValue.ofDword(-1));
    assertRefused(
        "value is 1600-12-31",
        () -> DevicePropertyValue.ofFileTime(Instant.parse("1600-12-31T23:59:59.999999999Z")));
    assertRefused(
        "value is +30828",
        () -> DevicePropertyValue.ofFileTime(Instant.parse("+30828-09-14T02:48:05.477580800Z")));
    assertRefused("between the years", () -> DevicePropertyValue.ofFileTime(Instant.MAX));
    assertRefused("between the years", () -> DevicePropertyValue.ofFileTime(Instant.MIN));
    assertRefused("value contains a NUL", () -> DevicePropertyValue.ofString("a\0"));
    assertRefused("value contains a NUL", () -> RegistryValue.ofString("\0"));
    assertRefused("value contains a NUL", () -> RegistryValue.ofExpandableString("a\0b"));
    assertRefused(
        "values contains a NUL", () -> DevicePropertyValue.ofStrings(ImmutableList.of("a", "\0")));
    assertRefused(
        "values contains an empty", () -> RegistryValue.ofStrings(ImmutableList.of("a", "")));
  }

  private static void assertRefused(String start, Executable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(start), e.getMessage());
  }

  @Test
  void valuesAreEqualByTheirParts() {
    new EqualsTester()
        .addEqualityGroup(DevicePropertyKey.of(GUID, 2), DevicePropertyKey.of(GUID, 2))
        .addEqualityGroup(DevicePropertyKey.of(GUID, 3))
        .addEqualityGroup(DevicePropertyKey.FRIENDLY_NAME)
        .addEqualityGroup(
            DevicePropertyValue.ofInt8((byte) 1), DevicePropertyValue.raw(2, new byte[] {1}))
        .addEqualityGroup(DevicePropertyValue.ofInt8((byte) 2))
        .addEqualityGroup(DevicePropertyValue.ofUnsignedInt8(1))
        .addEqualityGroup(RegistryValue.ofDword(1), RegistryValue.ofDword(1))
        .addEqualityGroup(RegistryValue.ofDword(2))
        .addEqualityGroup(RegistryValue.ofQword(1))
        .testEquals();
  }

  @Test
  void keysAreThoseOfTheHeaders() {
    assertEquals(
        "DevicePropertyKey {6edc630d-c2e3-43b7-b2d1-20525a1af120} 3",
        DevicePropertyKey.IS_VIRTUAL_CAMERA.toString());
    assertEquals(
        "DevicePropertyKey {6edc630d-c2e3-43b7-b2d1-20525a1af120} 4",
        DevicePropertyKey.IS_WINDOWS_CAMERA_EFFECT_AVAILABLE.toString());
    assertEquals(
        "DevicePropertyKey {6edc630d-c2e3-43b7-b2d1-20525a1af120} 5",
        DevicePropertyKey.VIRTUAL_CAMERA_ASSOCIATED_CAMERAS.toString());
    assertEquals(
        "DevicePropertyKey {026e516e-b814-414b-83cd-856d6fef4822} 2",
        DevicePropertyKey.FRIENDLY_NAME.toString());
    assertEquals(
        "DevicePropertyKey {78c34fc8-104a-4aca-9ea4-524d52996e57} 256",
        DevicePropertyKey.INSTANCE_ID.toString());
  }
}
