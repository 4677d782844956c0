package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.github.mfvcam.jni.MfVirtualCamera;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Attributes of the type IUNKNOWN, which other code has set by COM. */
@Tag("jna")
class UnknownAttributesTest {
  private static final UUID A = UUID.fromString("aaaaaaaa-1111-2222-8333-444444444444");
  private static final UUID B = UUID.fromString("bbbbbbbb-1111-2222-8333-444444444444");
  private static final int SET_UNKNOWN = 27;

  private NativeHandle camera;
  private CameraAttributes attributes;
  private Map<UUID, Object> map;

  @BeforeEach
  void open() {
    VirtualCameras.load();
    long holder = flatCamera("holder");
    long value = flatCamera("value");
    setUnknown(holder, A, value);
    // The attribute holds its value, which is no camera of ours any more.
    check(MfVirtualCamera.release(value));
    camera = new NativeHandle("holder", null, holder, MfVirtualCamera::release);
    attributes = new CameraAttributes(camera);
    attributes.setInt(B, 1);
    map = attributes.asMap();
  }

  @AfterEach
  void close() {
    camera.close();
  }

  private static long flatCamera(String name) {
    UUID source = MfvcamSource.CLASS_ID;
    long[] out = new long[1];
    check(
        MfVirtualCamera.createVirtualCamera(
            0,
            0,
            0,
            name,
            source.getMostSignificantBits(),
            source.getLeastSignificantBits(),
            null,
            0,
            out));
    return out[0];
  }

  private static void check(int hresult) {
    assertEquals(HResults.S_OK, hresult, () -> HResults.describe(hresult));
  }

  private static Pointer comPointer(long camera) {
    long[] out = new long[1];
    check(MfVirtualCamera.getComPointer(camera, out));
    return new Pointer(out[0]);
  }

  /** {@code IMFAttributes::SetUnknown}. */
  private static void setUnknown(long camera, UUID key, long value) {
    Pointer store = comPointer(camera);
    Pointer unknown = comPointer(value);
    try (Memory guid = new Memory(16)) {
      guid.write(0, NativeBytes.ofGuid(key), 0, 16);
      Pointer method = store.getPointer(0).getPointer((long) SET_UNKNOWN * Native.POINTER_SIZE);
      check(Function.getFunction(method).invokeInt(new Object[] {store, guid, unknown}));
    }
    check(MfVirtualCamera.releaseComPointer(Pointer.nativeValue(unknown)));
    check(MfVirtualCamera.releaseComPointer(Pointer.nativeValue(store)));
  }

  @Test
  void theyAreSeenAndTypedButNotRead() {
    assertEquals(ImmutableSet.of(A, B), attributes.keys());
    assertEquals(2, attributes.count());
    assertEquals(Optional.of(CameraAttributes.Type.IUNKNOWN), attributes.type(A));
    VirtualCameraException e =
        assertThrows(VirtualCameraException.class, () -> attributes.getString(A));
    assertEquals(HResults.MF_E_INVALIDTYPE, e.hresult());
    assertTrue(e.getMessage().contains("type IUNKNOWN, a COM object, which stays out of Java"));
  }

  @Test
  void theMapLeavesThemOut() {
    assertEquals(ImmutableMap.of(B, 1), map);
    assertEquals(1, map.size());
    assertNull(map.get(A));
    assertFalse(map.containsKey(A));
    assertNull(map.remove(A));
    map.clear();
    assertEquals(ImmutableSet.of(A), attributes.keys());
    assertTrue(map.isEmpty());
    assertNull(map.put(A, "text"));
    assertEquals("text", attributes.getString(A));
  }

  @Test
  void theyAreCopiedAndDeleted() {
    try (VirtualCamera other = Cameras.open()) {
      attributes.copyTo(other.attributes());
      assertEquals(Optional.of(CameraAttributes.Type.IUNKNOWN), other.attributes().type(A));
      other.attributes().delete(A);
      assertEquals(ImmutableSet.of(B), other.attributes().keys());
    }
    attributes.clear();
    assertEquals(0, attributes.count());
  }
}
