package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The attributes as a map. */
class AttributeMapTest {
  private static final UUID A = UUID.fromString("aaaaaaaa-1111-2222-8333-444444444444");
  private static final UUID B = UUID.fromString("bbbbbbbb-1111-2222-8333-444444444444");
  private static final UUID C = UUID.fromString("cccccccc-1111-2222-8333-444444444444");

  private VirtualCamera camera;
  private CameraAttributes attributes;
  private Map<UUID, Object> map;

  @BeforeEach
  void open() {
    camera = Cameras.open();
    attributes = camera.attributes();
    attributes.clear();
    map = attributes.asMap();
  }

  @AfterEach
  void close() {
    camera.close();
  }

  @Test
  void valuesHaveTheirJavaTypes() {
    for (Object value : new Object[] {-1, -1L, 0.5, MfvcamSource.CLASS_ID, "text"}) {
      map.put(A, value);
      assertEquals(value, map.get(A));
      assertEquals(value.getClass(), map.get(A).getClass());
      assertTrue(map.containsValue(value));
    }
    byte[] bytes = {1, 2};
    map.put(A, bytes);
    bytes[0] = 9;
    ((byte[]) map.get(A))[1] = 9;
    assertArrayEquals(new byte[] {1, 2}, (byte[]) map.get(A));
    assertTrue(map.containsValue(new byte[] {1, 2}));
    assertEquals(-1, attributes.asMap().merge(B, -1, (x, y) -> y));
    assertEquals(4294967295L, attributes.getUnsignedInt(B));
  }

  @Test
  void itIsTheCamerasOwn() {
    attributes.setString(A, "one");
    assertEquals("one", map.get(A));
    assertEquals("one", map.put(A, 2));
    assertEquals(2, attributes.getInt(A));
    assertTrue(map.containsKey(A));
    assertEquals(2, map.remove(A));
    assertFalse(map.containsKey(A));
    assertNull(map.remove(A));
    assertNull(map.get(A));
    assertNull(map.put(A, "new"));
    assertEquals(1, map.size());
    map.clear();
    assertTrue(map.isEmpty());
    assertEquals(0, attributes.count());
  }

  @Test
  void whatCannotBeAnAttributeIsRefusedByName() {
    ClassCastException e = assertThrows(ClassCastException.class, () -> map.put(A, 1.5F));
    assertTrue(e.getMessage().contains("java.lang.Float"), e.getMessage());
    assertTrue(e.getMessage().contains("Integer (UINT32), Long (UINT64)"), e.getMessage());
    e = assertThrows(ClassCastException.class, () -> map.put(A, new int[1]));
    assertTrue(e.getMessage().contains("int[]"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> map.put(A, "a\0"));
    assertEquals(
        "value", assertThrows(NullPointerException.class, () -> map.put(A, null)).getMessage());
    assertEquals(
        "key", assertThrows(NullPointerException.class, () -> map.put(null, 1)).getMessage());
    assertEquals("key", assertThrows(NullPointerException.class, () -> map.get(null)).getMessage());
    assertThrows(NullPointerException.class, () -> map.containsKey(null));
    assertThrows(NullPointerException.class, () -> map.remove(null));
    assertEquals(0, map.size());
  }

  @Test
  void aKeyOfAnotherClassIsNotThere() {
    @SuppressWarnings("CollectionIncompatibleType")
    Object value = map.get("text");
    assertNull(value);
  }

  @Test
  void iteratorsGoOverTheKeysOfTheirBeginning() {
    map.putAll(ImmutableMap.of(A, 1, B, 2));
    Iterator<Map.Entry<UUID, Object>> iterator = map.entrySet().iterator();
    map.put(C, 3);
    Map.Entry<UUID, Object> first = iterator.next();
    UUID second = first.getKey().equals(A) ? B : A;
    map.remove(second);

    assertFalse(iterator.hasNext());
    assertThrows(NoSuchElementException.class, iterator::next);
    iterator.remove();
    assertThrows(IllegalStateException.class, iterator::remove);
    assertEquals(ImmutableSet.of(C), map.keySet());
  }

  @Test
  void entriesWriteThrough() {
    map.put(A, 1);
    Map.Entry<UUID, Object> entry = map.entrySet().iterator().next();

    assertEquals(1, entry.setValue("text"));
    assertEquals("text", entry.getValue());
    assertEquals("text", attributes.getString(A));
    assertThrows(ClassCastException.class, () -> entry.setValue('c'));
    map.keySet().remove(A);
    assertEquals(0, attributes.count());
  }

  @Test
  void equalityIsByContent() {
    map.putAll(ImmutableMap.of(A, 1, B, "text"));
    Map<UUID, Object> copy = new HashMap<>(map);
    assertEquals(map, copy);
    assertEquals(copy, map);
    assertEquals(copy.hashCode(), map.hashCode());
    copy.put(A, 1L);
    assertNotEquals(map, copy);

    map.put(A, new byte[] {1});
    assertEquals(map, attributes.asMap());
    assertEquals(map.hashCode(), attributes.asMap().hashCode());
    assertEquals(map, ImmutableMap.of(A, new byte[] {1}, B, "text"));
    assertNotEquals(map, ImmutableMap.of(A, new byte[] {2}, B, "text"));
    assertNotEquals(map, ImmutableMap.of(A, new byte[] {1}, C, "text"));
    assertNotEquals(map, ImmutableMap.of(B, "text"));
  }
}
