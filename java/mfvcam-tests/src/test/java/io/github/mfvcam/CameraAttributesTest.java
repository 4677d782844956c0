package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.mfvcam.CameraAttributes.Match;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CameraAttributesTest {
  private static final UUID A = UUID.fromString("aaaaaaaa-1111-2222-8333-444444444444");
  private static final UUID B = UUID.fromString("bbbbbbbb-1111-2222-8333-444444444444");
  private static final UUID C = UUID.fromString("cccccccc-1111-2222-8333-444444444444");

  private VirtualCamera camera;
  private VirtualCamera otherCamera;
  private CameraAttributes attributes;
  private CameraAttributes others;

  @BeforeEach
  void open() {
    camera = Cameras.open();
    otherCamera = VirtualCamera.builder(MfvcamSource.CLASS_ID, "other camera").open();
    attributes = camera.attributes();
    others = otherCamera.attributes();
    attributes.clear();
    others.clear();
  }

  @AfterEach
  void close() {
    camera.close();
    otherCamera.close();
  }

  private static void assertFails(int hresult, String part, Executable call) {
    VirtualCameraException e = assertThrows(VirtualCameraException.class, call);
    assertEquals(hresult, e.hresult(), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void uint32() {
    attributes.setInt(A, -1);
    assertEquals(Optional.of(CameraAttributes.Type.UINT32), attributes.type(A));
    assertEquals(-1, attributes.getInt(A));
    assertEquals(4294967295L, attributes.getUnsignedInt(A));

    attributes.setUnsignedInt(A, 0x8000_0000L);
    assertEquals(Integer.MIN_VALUE, attributes.getInt(A));
    assertThrows(IllegalArgumentException.class, () -> attributes.setUnsignedInt(A, -1));
    assertThrows(IllegalArgumentException.class, () -> attributes.setUnsignedInt(A, 1L << 32));
  }

  @Test
  void uint64() {
    BigInteger max = new BigInteger("18446744073709551615");
    attributes.setLong(A, -1);
    assertEquals(Optional.of(CameraAttributes.Type.UINT64), attributes.type(A));
    assertEquals(-1, attributes.getLong(A));
    assertEquals(max, attributes.getUnsignedLong(A));

    attributes.setUnsignedLong(A, BigInteger.ONE.shiftLeft(63));
    assertEquals(Long.MIN_VALUE, attributes.getLong(A));
    assertThrows(
        IllegalArgumentException.class,
        () -> attributes.setUnsignedLong(A, max.add(BigInteger.ONE)));
    assertThrows(
        IllegalArgumentException.class,
        () -> attributes.setUnsignedLong(A, BigInteger.ONE.negate()));
  }

  @Test
  void numbersWithAFraction() {
    for (double value : new double[] {0.1, -0.0, Double.MIN_VALUE, Double.POSITIVE_INFINITY}) {
      attributes.setDouble(A, value);
      assertEquals(Optional.of(CameraAttributes.Type.DOUBLE), attributes.type(A));
      assertEquals(value, attributes.getDouble(A));
    }
  }

  @Test
  void guids() {
    attributes.setGuid(A, MfvcamSource.CLASS_ID);

    assertEquals(Optional.of(CameraAttributes.Type.GUID), attributes.type(A));
    assertEquals(MfvcamSource.CLASS_ID, attributes.getGuid(A));
  }

  @Test
  void texts() {
    for (String text : new String[] {"", "Kam\u00e9ra \uD83D\uDCF7", "x".repeat(10_000)}) {
      attributes.setString(A, text);
      assertEquals(Optional.of(CameraAttributes.Type.STRING), attributes.type(A));
      assertEquals(text, attributes.getString(A));
    }
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> attributes.setString(A, "a\0b"));
    assertEquals("value contains a NUL character", e.getMessage());
  }

  @Test
  void blobsAreCopied() {
    byte[] bytes = {1, 2, 3};
    attributes.setBlob(A, bytes);
    bytes[0] = 9;
    attributes.getBlob(A)[1] = 9;

    assertEquals(Optional.of(CameraAttributes.Type.BLOB), attributes.type(A));
    assertArrayEquals(new byte[] {1, 2, 3}, attributes.getBlob(A));
    attributes.setBlob(A, new byte[0]);
    assertArrayEquals(new byte[0], attributes.getBlob(A));
  }

  @Test
  void aSetterReplacesAValueOfAnotherType() {
    attributes.setInt(A, 1);
    attributes.setString(A, "text");

    assertEquals(Optional.of(CameraAttributes.Type.STRING), attributes.type(A));
    assertEquals(1, attributes.count());
  }

  @Test
  void whatIsAbsentOrOfAnotherTypeIsNamed() {
    attributes.setString(A, "text");

    assertEquals(Optional.empty(), attributes.type(B));
    assertFails(
        HResults.MF_E_ATTRIBUTENOTFOUND,
        "GetUINT32: MF_E_ATTRIBUTENOTFOUND (0xC00D36E6): there is no such attribute",
        () -> attributes.getInt(B));
    assertFails(HResults.MF_E_ATTRIBUTENOTFOUND, B.toString(), () -> attributes.getBlob(B));
    assertFails(
        HResults.MF_E_INVALIDTYPE, "of the type STRING [Virt", () -> attributes.getUnsignedInt(A));
    assertFails(HResults.MF_E_INVALIDTYPE, "of the type STRING", () -> attributes.getLong(A));
    assertFails(HResults.MF_E_INVALIDTYPE, "of the type STRING", () -> attributes.getDouble(A));
    assertFails(HResults.MF_E_INVALIDTYPE, "of the type STRING", () -> attributes.getGuid(A));
    assertFails(HResults.MF_E_INVALIDTYPE, "of the type STRING", () -> attributes.getBlob(A));
    attributes.setLong(A, 1);
    assertFails(HResults.MF_E_INVALIDTYPE, "of the type UINT64", () -> attributes.getString(A));
  }

  @Test
  void keysCountDeleteAndClear() {
    attributes.setInt(A, 1);
    attributes.setInt(B, 2);
    Set<UUID> keys = attributes.keys();
    assertEquals(ImmutableSet.of(A, B), keys);
    assertEquals(2, attributes.count());

    attributes.delete(A);
    attributes.delete(C);
    assertEquals(ImmutableSet.of(B), attributes.keys());
    assertEquals(ImmutableSet.of(A, B), keys);

    attributes.clear();
    assertEquals(0, attributes.count());
    assertEquals(ImmutableSet.of(), attributes.keys());
  }

  @Test
  void startAddsLinkAndName() {
    attributes.setString(A, "before");
    camera.start();

    assertTrue(attributes.getString(CameraAttributes.SYMBOLIC_LINK).startsWith("\\\\?\\"));
    assertTrue(attributes.getString(CameraAttributes.FRIENDLY_NAME).contains("test camera"));
    assertEquals("before", attributes.getString(A));
  }

  @Test
  void camerasAreComparedAsAsked() {
    attributes.setInt(A, 1);
    others.setInt(A, 1);
    others.setInt(B, 2);

    assertMatches(true, false, false, true, true);
    attributes.setInt(C, 3);
    assertMatches(false, false, false, true, false);
    others.setInt(A, 4);
    assertMatches(false, false, false, false, false);
    others.clear();
    // Whether nothing is a part of something.
    assertTrue(attributes.compare(others, Match.THEIR_ITEMS));
    assertTrue(attributes.compare(attributes, Match.ALL_ITEMS));
  }

  private void assertMatches(
      boolean ours, boolean theirs, boolean all, boolean intersection, boolean smaller) {
    assertEquals(ours, attributes.compare(others, Match.OUR_ITEMS));
    assertEquals(theirs, attributes.compare(others, Match.THEIR_ITEMS));
    assertEquals(all, attributes.compare(others, Match.ALL_ITEMS));
    assertEquals(intersection, attributes.compare(others, Match.INTERSECTION));
    assertEquals(smaller, attributes.compare(others, Match.SMALLER));
  }

  @Test
  void oneValueIsComparedWithItsType() {
    Map<UUID, Object> map = attributes.asMap();
    Object[] values = {1, 2L, 0.5, MfvcamSource.CLASS_ID, "text", new byte[] {1}};
    Object[] wrong = {2, 1L, 0.25, MfvcamSource.EVENT_SET, "texts", new byte[] {2}};
    for (int i = 0; i < values.length; i++) {
      map.put(A, values[i]);
      for (int j = 0; j < values.length; j++) {
        assertEquals(i == j, attributes.compareItem(A, values[j]), i + " and " + j);
        assertFalse(attributes.compareItem(A, wrong[j]), i + " and " + j);
      }
      assertFalse(attributes.compareItem(B, values[i]));
    }
    assertThrows(ClassCastException.class, () -> attributes.compareItem(A, 'c'));
  }

  @Test
  void copyReplacesAllOfTheOther() {
    Map<UUID, Object> values =
        ImmutableMap.of(A, 1, B, "text", C, new byte[] {1}, MfvcamSource.CLASS_ID, 2L);
    attributes.asMap().putAll(values);
    others.setInt(MfvcamSource.EVENT_SET, 9);

    attributes.copyTo(others);

    assertEquals(others.asMap(), values);
    assertTrue(attributes.compare(others, Match.ALL_ITEMS));
  }

  @Test
  void aCopyToItselfChangesNothing() {
    attributes.setInt(A, 1);

    attributes.copyTo(attributes);

    assertEquals(ImmutableMap.of(A, 1), attributes.asMap());
  }

  /** Media Foundation locks one store, then the other. */
  @Test
  void copiesBothWaysAtOnceEnd() {
    attributes.setInt(A, 1);
    Background<Void> there = Background.start(() -> copyOften(attributes, others));
    Background<Void> back = Background.start(() -> copyOften(others, attributes));

    there.result();
    back.result();
  }

  private static Void copyOften(CameraAttributes from, CameraAttributes to) {
    for (int i = 0; i < 20_000; i++) {
      from.copyTo(to);
      from.compare(to, Match.ALL_ITEMS);
    }
    return null;
  }

  @Test
  void shutDownTheySaySo() {
    attributes.setInt(A, 1);
    camera.shutdown();

    assertThrows(CameraShutDownException.class, () -> attributes.getInt(A));
    assertThrows(CameraShutDownException.class, attributes::keys);
    assertThrows(CameraShutDownException.class, () -> attributes.copyTo(others));
    assertThrows(CameraShutDownException.class, () -> others.copyTo(attributes));
  }

  @Test
  void closedTheySayWhichCamera() {
    Map<UUID, Object> map = attributes.asMap();
    map.put(A, 1);
    camera.close();

    for (Executable call :
        new Executable[] {
          camera::attributes,
          () -> attributes.copyTo(others),
          () -> others.copyTo(attributes),
          () -> others.compare(attributes, Match.ALL_ITEMS),
          () -> map.get(A),
          () -> map.put(A, 1),
          () -> map.remove(A),
          map::size,
          map::clear,
        }) {
      IllegalStateException e = assertThrows(IllegalStateException.class, call);
      assertTrue(
          e.getMessage().startsWith("VirtualCamera \"test camera\" is closed"), e.getMessage());
    }
  }

  @Test
  void everyTypeHasItsCode() {
    assertEquals(CameraAttributes.Type.UINT32, CameraAttributes.Type.of(19));
    assertEquals(CameraAttributes.Type.UINT64, CameraAttributes.Type.of(21));
    assertEquals(CameraAttributes.Type.DOUBLE, CameraAttributes.Type.of(5));
    assertEquals(CameraAttributes.Type.GUID, CameraAttributes.Type.of(72));
    assertEquals(CameraAttributes.Type.STRING, CameraAttributes.Type.of(31));
    assertEquals(CameraAttributes.Type.BLOB, CameraAttributes.Type.of(0x1011));
    assertEquals(CameraAttributes.Type.IUNKNOWN, CameraAttributes.Type.of(13));
    assertThrows(VirtualCameraException.class, () -> CameraAttributes.Type.of(0));
  }

  @Test
  void keysOfWindowsAreThoseOfTheHeaders() {
    assertEquals("58f0aad8-22bf-4f8a-bb3d-d2c4978c6e2f", CameraAttributes.SYMBOLIC_LINK.toString());
    assertEquals("60d0e559-52f8-4fa2-bbce-acdb34a8ec01", CameraAttributes.FRIENDLY_NAME.toString());
    assertEquals(
        "658abe51-8044-462e-97ea-e676fd72055f",
        CameraAttributes.CONFIGURATION_APP_PACKAGE_FAMILY_NAME.toString());
    assertEquals(
        "28a5531a-57dd-4fd5-aaa7-385abf57d785",
        CameraAttributes.ENABLE_MS_CAMERA_EFFECTS.toString());
  }
}
