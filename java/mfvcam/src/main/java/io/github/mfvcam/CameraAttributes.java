package io.github.mfvcam;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The attributes of a camera ({@code IMFAttributes}): values of several types by GUIDs. What is set
 * before {@link VirtualCamera#start} reaches the media source; after it the camera's symbolic link
 * and friendly name are among them. Given by {@link VirtualCamera#attributes}, and ends with that
 * camera.
 *
 * <p>UINT32 and UINT64 are unsigned numbers. {@code getInt} and {@code getLong} give their bits as
 * Java's signed types: 4294967295 is -1. {@code getUnsignedInt} and {@code getUnsignedLong} give
 * their values, in a wider type.
 *
 * <p>Values of the type IUNKNOWN are COM objects and stay out of Java: their keys are among the
 * {@link #keys}, {@link #type} tells, {@link #delete} and {@link #copyTo} work, but no method reads
 * or writes them, and {@link #asMap} leaves them out.
 *
 * <p>Methods may be called from any thread. Common to all:
 *
 * <ul>
 *   <li>{@link IllegalStateException} if the camera is closed
 *   <li>{@link CameraShutDownException} if the camera was shut down
 *   <li>{@link VirtualCameraException} with any other code
 * </ul>
 *
 * <p>That the camera was not started, was stopped or removed changes nothing here.
 *
 * @since 0.1
 */
public final class CameraAttributes {
  /**
   * {@code MF_DEVSOURCE_ATTRIBUTE_SOURCE_TYPE_VIDCAP_SYMBOLIC_LINK}, a STRING: the camera's
   * symbolic link, after {@link VirtualCamera#start}.
   */
  public static final UUID SYMBOLIC_LINK = UUID.fromString("58f0aad8-22bf-4f8a-bb3d-d2c4978c6e2f");

  /**
   * {@code MF_DEVSOURCE_ATTRIBUTE_FRIENDLY_NAME}, a STRING: the name that people see, after {@link
   * VirtualCamera#start}.
   */
  public static final UUID FRIENDLY_NAME = UUID.fromString("60d0e559-52f8-4fa2-bbce-acdb34a8ec01");

  /**
   * {@code MF_VIRTUALCAMERA_CONFIGURATION_APP_PACKAGE_FAMILY_NAME}, a STRING: the package of a
   * program that Windows' settings may start to configure the camera.
   */
  public static final UUID CONFIGURATION_APP_PACKAGE_FAMILY_NAME =
      UUID.fromString("658abe51-8044-462e-97ea-e676fd72055f");

  /**
   * {@code MF_DEVSOURCE_ATTRIBUTE_ENABLE_MS_CAMERA_EFFECTS}, a UINT32: not 0 enables Windows'
   * camera effects. {@link VirtualCamera#start} fails with {@code MF_E_INVALIDREQUEST} if the
   * camera lacks {@link DevicePropertyKey#IS_WINDOWS_CAMERA_EFFECT_AVAILABLE}.
   */
  public static final UUID ENABLE_MS_CAMERA_EFFECTS =
      UUID.fromString("28a5531a-57dd-4fd5-aaa7-385abf57d785");

  private static final BigInteger MAX_UINT64 =
      BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

  /** The type of a value ({@code MF_ATTRIBUTE_TYPE}). */
  public enum Type {
    /** An unsigned number of 32 bits; {@link Integer} in {@link #asMap}. */
    UINT32(19, Integer.class, "GetUINT32", "SetUINT32"),
    /** An unsigned number of 64 bits; {@link Long} in {@link #asMap}. */
    UINT64(21, Long.class, "GetUINT64", "SetUINT64"),
    /** A number with a fraction; {@link Double} in {@link #asMap}. */
    DOUBLE(5, Double.class, "GetDouble", "SetDouble"),
    /** A GUID; {@link java.util.UUID} in {@link #asMap}. */
    GUID(72, UUID.class, "GetGUID", "SetGUID"),
    /** A text; {@link String} in {@link #asMap}. */
    STRING(31, String.class, "GetString", "SetString"),
    /** Bytes; {@code byte[]} in {@link #asMap}. */
    BLOB(0x1011, byte[].class, "GetBlob", "SetBlob"),
    /** A COM object: not readable, not writable, and not in {@link #asMap}. */
    IUNKNOWN(13, null, "GetUnknown", "SetUnknown");

    private final int code;
    private final Class<?> javaType;
    private final String getter;
    private final String setter;

    Type(int code, Class<?> javaType, String getter, String setter) {
      this.code = code;
      this.javaType = javaType;
      this.getter = "IMFAttributes::" + getter;
      this.setter = "IMFAttributes::" + setter;
    }

    static Type of(long code) {
      for (Type type : values()) {
        if (type.code == code) {
          return type;
        }
      }
      throw HResults.failure(
          GET_ITEM_TYPE, HResults.MF_E_INVALIDTYPE, "the type " + code + " is not known");
    }

    /** The type that {@link #asMap} stores a value as. */
    static Type ofValue(Object value) {
      requireNonNull(value, "value");
      for (Type type : values()) {
        if (value.getClass().equals(type.javaType)) {
          return type;
        }
      }
      throw new ClassCastException(
          "an attribute cannot be a "
              + value.getClass().getTypeName()
              + ", only an Integer (UINT32), Long (UINT64), Double, UUID (GUID), String or byte[]"
              + " (BLOB)");
    }
  }

  /** Which of two cameras' attributes are compared ({@code MF_ATTRIBUTES_MATCH_TYPE}). */
  public enum Match {
    /** Whether all of ours are among theirs, and equal. */
    OUR_ITEMS(0),
    /** Whether all of theirs are among ours, and equal. */
    THEIR_ITEMS(1),
    /** Whether both have the same keys, and their values are equal. */
    ALL_ITEMS(2),
    /** Whether those whose keys both have are equal. */
    INTERSECTION(3),
    /** Whether all of the side that has fewer are among the other's, and equal. */
    SMALLER(4);

    final int code;

    Match(int code) {
      this.code = code;
    }
  }

  private static final String GET_ITEM_TYPE = "IMFAttributes::GetItemType";

  private final NativeHandle handle;

  CameraAttributes(NativeHandle camera) {
    this.handle = camera;
  }

  // ---- Reading ----

  /**
   * The type of a value ({@code IMFAttributes::GetItemType}).
   *
   * @param key the attribute's GUID
   * @return its type, or nothing if there is no such key
   */
  public Optional<Type> type(UUID key) {
    requireNonNull(key, "key");
    long[] out = new long[1];
    int hresult =
        handle.call(
            GET_ITEM_TYPE,
            key,
            camera ->
                MfVirtualCamera.getItemType(
                    camera, key.getMostSignificantBits(), key.getLeastSignificantBits(), out),
            HResults.MF_E_ATTRIBUTENOTFOUND);
    return hresult < 0 ? Optional.empty() : Optional.of(Type.of(out[0]));
  }

  /**
   * Reads a UINT32 as its 32 bits ({@code IMFAttributes::GetUINT32}).
   *
   * @param key the attribute's GUID
   * @return the value's bits; numbers over {@link Integer#MAX_VALUE} are negative
   * @throws VirtualCameraException if there is no such key ({@code MF_E_ATTRIBUTENOTFOUND}), or its
   *     value is of another type ({@code MF_E_INVALIDTYPE})
   */
  public int getInt(UUID key) {
    return (Integer) get(key, Type.UINT32);
  }

  /**
   * Reads a UINT32 ({@code IMFAttributes::GetUINT32}).
   *
   * @param key the attribute's GUID
   * @return the value, 0 to 4294967295
   * @throws VirtualCameraException if there is no such key ({@code MF_E_ATTRIBUTENOTFOUND}), or its
   *     value is of another type ({@code MF_E_INVALIDTYPE})
   */
  public long getUnsignedInt(UUID key) {
    return Integer.toUnsignedLong(getInt(key));
  }

  /**
   * Reads a UINT64 as its 64 bits ({@code IMFAttributes::GetUINT64}).
   *
   * @param key the attribute's GUID
   * @return the value's bits; numbers over {@link Long#MAX_VALUE} are negative
   * @throws VirtualCameraException if there is no such key ({@code MF_E_ATTRIBUTENOTFOUND}), or its
   *     value is of another type ({@code MF_E_INVALIDTYPE})
   */
  public long getLong(UUID key) {
    return (Long) get(key, Type.UINT64);
  }

  /**
   * Reads a UINT64 ({@code IMFAttributes::GetUINT64}).
   *
   * @param key the attribute's GUID
   * @return the value, 0 to 2<sup>64</sup> - 1
   * @throws VirtualCameraException if there is no such key ({@code MF_E_ATTRIBUTENOTFOUND}), or its
   *     value is of another type ({@code MF_E_INVALIDTYPE})
   */
  public BigInteger getUnsignedLong(UUID key) {
    return new BigInteger(Long.toUnsignedString(getLong(key)));
  }

  /**
   * Reads a DOUBLE ({@code IMFAttributes::GetDouble}).
   *
   * @param key the attribute's GUID
   * @return the value
   * @throws VirtualCameraException if there is no such key ({@code MF_E_ATTRIBUTENOTFOUND}), or its
   *     value is of another type ({@code MF_E_INVALIDTYPE})
   */
  public double getDouble(UUID key) {
    return (Double) get(key, Type.DOUBLE);
  }

  /**
   * Reads a GUID ({@code IMFAttributes::GetGUID}).
   *
   * @param key the attribute's GUID
   * @return the value
   * @throws VirtualCameraException if there is no such key ({@code MF_E_ATTRIBUTENOTFOUND}), or its
   *     value is of another type ({@code MF_E_INVALIDTYPE})
   */
  public UUID getGuid(UUID key) {
    return (UUID) get(key, Type.GUID);
  }

  /**
   * Reads a STRING ({@code IMFAttributes::GetString}).
   *
   * @param key the attribute's GUID
   * @return the value
   * @throws VirtualCameraException if there is no such key ({@code MF_E_ATTRIBUTENOTFOUND}), or its
   *     value is of another type ({@code MF_E_INVALIDTYPE})
   */
  public String getString(UUID key) {
    return (String) get(key, Type.STRING);
  }

  /**
   * Reads a BLOB ({@code IMFAttributes::GetBlob}).
   *
   * @param key the attribute's GUID
   * @return a copy of the value
   * @throws VirtualCameraException if there is no such key ({@code MF_E_ATTRIBUTENOTFOUND}), or its
   *     value is of another type ({@code MF_E_INVALIDTYPE})
   */
  public byte[] getBlob(UUID key) {
    return (byte[]) get(key, Type.BLOB);
  }

  private Object get(UUID key, Type type) {
    requireNonNull(key, "key");
    Object value = read(key, type, HResults.MF_E_INVALIDTYPE);
    if (value != null) {
      return value;
    }
    throw HResults.failure(
        type.getter,
        HResults.MF_E_INVALIDTYPE,
        type(key)
            .map(actual -> "the attribute is of the type " + actual + explain(actual))
            .orElse("the attribute was of another type"),
        handle,
        key);
  }

  private static String explain(Type type) {
    return type == Type.IUNKNOWN ? ", a COM object, which stays out of Java" : "";
  }

  /** The value as {@link #asMap} has it; null for an IUNKNOWN, and if there is none. */
  Object valueOrNull(UUID key) {
    while (true) {
      Optional<Type> type = type(key);
      if (type.isEmpty() || type.get() == Type.IUNKNOWN) {
        return null;
      }
      // Until no other thread has changed its type in between.
      Object value =
          read(key, type.get(), HResults.MF_E_INVALIDTYPE, HResults.MF_E_ATTRIBUTENOTFOUND);
      if (value != null) {
        return value;
      }
    }
  }

  /** Returns null if the code is among the expected ones. */
  private Object read(UUID key, Type type, int... expected) {
    long high = key.getMostSignificantBits();
    long low = key.getLeastSignificantBits();
    long[] out = new long[2];
    String[] text = new String[1];
    byte[][] blob = new byte[1][];
    int hresult =
        handle.call(
            type.getter,
            key,
            camera -> {
              switch (type) {
                case UINT32:
                  return MfVirtualCamera.getUINT32(camera, high, low, out);
                case UINT64:
                  return MfVirtualCamera.getUINT64(camera, high, low, out);
                case DOUBLE:
                  return MfVirtualCamera.getDouble(camera, high, low, out);
                case GUID:
                  return MfVirtualCamera.getGUID(camera, high, low, out);
                case STRING:
                  return MfVirtualCamera.getString(camera, high, low, text);
                case BLOB:
                  return MfVirtualCamera.getBlob(camera, high, low, blob);
                default:
                  throw new AssertionError(type);
              }
            },
            expected);
    if (hresult < 0) {
      return null;
    }
    switch (type) {
      case UINT32:
        return (int) out[0];
      case UINT64:
        return out[0];
      case DOUBLE:
        return Double.longBitsToDouble(out[0]);
      case GUID:
        return new UUID(out[0], out[1]);
      case STRING:
        return text[0];
      default:
        return blob[0];
    }
  }

  // ---- Writing ----

  /**
   * Sets a UINT32 by its 32 bits ({@code IMFAttributes::SetUINT32}). As all setters, it replaces a
   * value of any type.
   *
   * @param key the attribute's GUID
   * @param value the value's bits; a negative number is one over {@link Integer#MAX_VALUE}
   */
  public void setInt(UUID key, int value) {
    write(key, Type.UINT32, value);
  }

  /**
   * Sets a UINT32 ({@code IMFAttributes::SetUINT32}).
   *
   * @param key the attribute's GUID
   * @param value the value, 0 to 4294967295
   * @throws IllegalArgumentException if the value is out of range
   */
  public void setUnsignedInt(UUID key, long value) {
    setInt(key, (int) NativeBytes.checkUnsigned("value", value, 32));
  }

  /**
   * Sets a UINT64 by its 64 bits ({@code IMFAttributes::SetUINT64}).
   *
   * @param key the attribute's GUID
   * @param value the value's bits; a negative number is one over {@link Long#MAX_VALUE}
   */
  public void setLong(UUID key, long value) {
    write(key, Type.UINT64, value);
  }

  /**
   * Sets a UINT64 ({@code IMFAttributes::SetUINT64}).
   *
   * @param key the attribute's GUID
   * @param value the value, 0 to 2<sup>64</sup> - 1
   * @throws IllegalArgumentException if the value is out of range
   */
  public void setUnsignedLong(UUID key, BigInteger value) {
    requireNonNull(value, "value");
    checkArgument(
        value.signum() >= 0 && value.compareTo(MAX_UINT64) <= 0,
        "value is %s, not between 0 and %s",
        value,
        MAX_UINT64);
    setLong(key, value.longValue());
  }

  /**
   * Sets a DOUBLE ({@code IMFAttributes::SetDouble}).
   *
   * @param key the attribute's GUID
   * @param value the value
   */
  public void setDouble(UUID key, double value) {
    write(key, Type.DOUBLE, value);
  }

  /**
   * Sets a GUID ({@code IMFAttributes::SetGUID}).
   *
   * @param key the attribute's GUID
   * @param value the value
   */
  public void setGuid(UUID key, UUID value) {
    write(key, Type.GUID, value);
  }

  /**
   * Sets a STRING ({@code IMFAttributes::SetString}).
   *
   * @param key the attribute's GUID
   * @param value the value; may be empty
   * @throws IllegalArgumentException if the value contains a NUL character
   */
  public void setString(UUID key, String value) {
    write(key, Type.STRING, value);
  }

  /**
   * Sets a BLOB ({@code IMFAttributes::SetBlob}).
   *
   * @param key the attribute's GUID
   * @param value the value, which is copied; may be empty
   */
  public void setBlob(UUID key, byte[] value) {
    write(key, Type.BLOB, value);
  }

  /** Sets a value of one of the types of {@link #asMap}. */
  void write(UUID key, Type type, Object value) {
    requireNonNull(key, "key");
    requireNonNull(value, "value");
    if (type == Type.STRING) {
      NativeBytes.checkText("value", (String) value);
    }
    long high = key.getMostSignificantBits();
    long low = key.getLeastSignificantBits();
    handle.call(
        type.setter,
        key,
        camera -> {
          switch (type) {
            case UINT32:
              return MfVirtualCamera.setUINT32(camera, high, low, (Integer) value);
            case UINT64:
              return MfVirtualCamera.setUINT64(camera, high, low, (Long) value);
            case DOUBLE:
              return MfVirtualCamera.setDouble(camera, high, low, (Double) value);
            case GUID:
              UUID guid = (UUID) value;
              return MfVirtualCamera.setGUID(
                  camera, high, low, guid.getMostSignificantBits(), guid.getLeastSignificantBits());
            case STRING:
              return MfVirtualCamera.setString(camera, high, low, (String) value);
            case BLOB:
              return MfVirtualCamera.setBlob(camera, high, low, (byte[]) value);
            default:
              throw new AssertionError(type);
          }
        });
  }

  /**
   * Deletes an attribute of any type ({@code IMFAttributes::DeleteItem}). Does nothing if there is
   * no such key.
   *
   * @param key the attribute's GUID
   */
  public void delete(UUID key) {
    requireNonNull(key, "key");
    handle.call(
        "IMFAttributes::DeleteItem",
        key,
        camera ->
            MfVirtualCamera.deleteItem(
                camera, key.getMostSignificantBits(), key.getLeastSignificantBits()));
  }

  /** Deletes all attributes, those of the type IUNKNOWN as well ({@code DeleteAllItems}). */
  public void clear() {
    handle.call("IMFAttributes::DeleteAllItems", MfVirtualCamera::deleteAllItems);
  }

  // ---- All of them ----

  /**
   * How many attributes there are ({@code IMFAttributes::GetCount}), those of the type IUNKNOWN
   * included.
   *
   * @return their number
   */
  public int count() {
    return keyLongs().length / 2;
  }

  /**
   * The keys of all attributes as of one moment ({@code IMFAttributes::GetItemByIndex}), those of
   * the type IUNKNOWN included.
   *
   * @return the keys, in no particular order, unmodifiable
   */
  public Set<UUID> keys() {
    long[] longs = keyLongs();
    Set<UUID> keys = new LinkedHashSet<>();
    for (int i = 0; i < longs.length; i += 2) {
      keys.add(new UUID(longs[i], longs[i + 1]));
    }
    return Collections.unmodifiableSet(keys);
  }

  private long[] keyLongs() {
    long[][] out = new long[1][];
    handle.call("IMFAttributes::GetItemByIndex", camera -> MfVirtualCamera.getKeys(camera, out));
    return out[0];
  }

  /**
   * The attributes as a map, which reads and writes the camera's own at each call. It holds UINT32
   * as {@link Integer} and UINT64 as {@link Long} (their bits), DOUBLE as {@link Double}, GUID as
   * {@link UUID}, STRING as {@link String} and BLOB as {@code byte[]}, copied both ways.
   *
   * <ul>
   *   <li>Attributes of the type IUNKNOWN are not in the map: not read, not counted, and not
   *       touched by {@code remove} and {@code clear}. {@code put} replaces one.
   *   <li>{@code put} of a value of another class throws {@link ClassCastException}; null keys and
   *       values throw {@link NullPointerException}.
   *   <li>Iterators go over the keys as of the moment they were made and leave out what is gone
   *       meanwhile. They can remove; an entry's {@code setValue} writes to the camera.
   *   <li>Each call by itself may race with those of other threads; {@code putIfAbsent}, {@code
   *       compute} and their like are several calls.
   *   <li>{@code equals}, {@code hashCode} and {@code containsValue} take byte arrays for equal if
   *       their contents are. So a map of the JDK's own, which compares arrays by identity, may not
   *       agree about blobs.
   * </ul>
   *
   * @return the view
   */
  public Map<UUID, Object> asMap() {
    return new AttributeMap(this);
  }

  // ---- Comparing and copying ----

  /**
   * Compares with the attributes of another camera ({@code IMFAttributes::Compare}).
   *
   * @param other the other camera's attributes
   * @param match which of them
   * @return true if they match
   * @throws IllegalStateException if either camera is closed
   */
  public boolean compare(CameraAttributes other, Match match) {
    requireNonNull(other, "other");
    requireNonNull(match, "match");
    long[] out = new long[1];
    callWith(
        "IMFAttributes::Compare",
        other,
        (ours, theirs) -> MfVirtualCamera.compare(ours, theirs, match.code, out));
    return out[0] != 0;
  }

  /**
   * Whether an attribute has this type and value ({@code IMFAttributes::CompareItem}).
   *
   * @param key the attribute's GUID
   * @param value an {@link Integer} (UINT32), {@link Long} (UINT64), {@link Double} (DOUBLE),
   *     {@link UUID} (GUID), {@link String} (STRING) or {@code byte[]} (BLOB)
   * @return true if there is such a key, its value is of that type and equal
   * @throws ClassCastException if {@code value} is of another class
   * @throws IllegalArgumentException if {@code value} is a text that contains a NUL character
   */
  public boolean compareItem(UUID key, Object value) {
    requireNonNull(key, "key");
    Type type = Type.ofValue(value);
    byte[] bytes = bytesOf(type, value);
    long[] out = new long[1];
    handle.call(
        "IMFAttributes::CompareItem",
        key,
        camera ->
            MfVirtualCamera.compareItem(
                camera,
                key.getMostSignificantBits(),
                key.getLeastSignificantBits(),
                type.code,
                bytes,
                out));
    return out[0] != 0;
  }

  private static byte[] bytesOf(Type type, Object value) {
    switch (type) {
      case UINT32:
        return NativeBytes.ofInteger((Integer) value, Integer.BYTES);
      case UINT64:
        return NativeBytes.ofInteger((Long) value, Long.BYTES);
      case DOUBLE:
        return NativeBytes.ofDouble((Double) value);
      case GUID:
        return NativeBytes.ofGuid((UUID) value);
      case STRING:
        return NativeBytes.ofText(NativeBytes.checkText("value", (String) value));
      default:
        return (byte[]) value;
    }
  }

  /**
   * Replaces all attributes of another camera by these ({@code IMFAttributes::CopyAllItems}), those
   * of the type IUNKNOWN included. To copy to itself changes nothing.
   *
   * @param destination the other camera's attributes
   * @throws IllegalStateException if either camera is closed
   */
  public void copyTo(CameraAttributes destination) {
    requireNonNull(destination, "destination");
    callWith("IMFAttributes::CopyAllItems", destination, MfVirtualCamera::copyAllItems);
  }

  /** A native function on two cameras. */
  @FunctionalInterface
  private interface Call {
    int on(long ours, long theirs);
  }

  private void callWith(String operation, CameraAttributes other, Call call) {
    handle.call(
        operation,
        ours ->
            other.handle.call(
                operation,
                theirs -> {
                  int hresult = call.on(ours, theirs);
                  if (hresult == HResults.E_HANDLE || hresult == HResults.MF_E_SHUTDOWN) {
                    // Of this one; the other is looked at next.
                    handle.requireOpen(operation);
                  }
                  return hresult;
                }));
  }

  @Override
  public String toString() {
    return "CameraAttributes of " + handle;
  }
}
