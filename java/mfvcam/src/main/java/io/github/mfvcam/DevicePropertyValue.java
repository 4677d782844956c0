package io.github.mfvcam;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The value of a device property: a {@code DEVPROPTYPE} and the bytes that Windows wants for it,
 * for {@link VirtualCamera#addProperty}. Immutable.
 *
 * <p>What has no factory here ({@code DECIMAL}, {@code CURRENCY}, {@code DATE}, security
 * descriptors, arrays) goes through {@link #raw}.
 *
 * @since 0.1
 */
public final class DevicePropertyValue {
  private static final int SBYTE = 0x2;
  private static final int BYTE = 0x3;
  private static final int INT16 = 0x4;
  private static final int UINT16 = 0x5;
  private static final int INT32 = 0x6;
  private static final int UINT32 = 0x7;
  private static final int INT64 = 0x8;
  private static final int UINT64 = 0x9;
  private static final int FLOAT = 0xA;
  private static final int DOUBLE = 0xB;
  private static final int GUID = 0xD;
  private static final int FILETIME = 0x10;
  private static final int BOOLEAN = 0x11;
  private static final int STRING = 0x12;
  private static final int BINARY = 0x1003;
  private static final int STRING_LIST = 0x2012;

  /** Where FILETIME begins. */
  private static final Instant YEAR_1601 = Instant.parse("1601-01-01T00:00:00Z");

  private static final BigInteger TICKS_PER_SECOND = BigInteger.valueOf(10_000_000);

  private final int type;
  private final byte[] bytes;

  private DevicePropertyValue(int type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  /**
   * A signed number of 8 bits ({@code DEVPROP_TYPE_SBYTE}).
   *
   * @param value the number
   * @return the value
   */
  public static DevicePropertyValue ofInt8(byte value) {
    return integer(SBYTE, value, 1);
  }

  /**
   * An unsigned number of 8 bits ({@code DEVPROP_TYPE_BYTE}).
   *
   * @param value the number, 0 to 255
   * @return the value
   * @throws IllegalArgumentException if the number is out of range
   */
  public static DevicePropertyValue ofUnsignedInt8(int value) {
    return integer(BYTE, NativeBytes.checkUnsigned("value", value, 8), 1);
  }

  /**
   * A signed number of 16 bits ({@code DEVPROP_TYPE_INT16}).
   *
   * @param value the number
   * @return the value
   */
  public static DevicePropertyValue ofInt16(short value) {
    return integer(INT16, value, 2);
  }

  /**
   * An unsigned number of 16 bits ({@code DEVPROP_TYPE_UINT16}).
   *
   * @param value the number, 0 to 65535
   * @return the value
   * @throws IllegalArgumentException if the number is out of range
   */
  public static DevicePropertyValue ofUnsignedInt16(int value) {
    return integer(UINT16, NativeBytes.checkUnsigned("value", value, 16), 2);
  }

  /**
   * A signed number of 32 bits ({@code DEVPROP_TYPE_INT32}).
   *
   * @param value the number
   * @return the value
   */
  public static DevicePropertyValue ofInt32(int value) {
    return integer(INT32, value, 4);
  }

  /**
   * An unsigned number of 32 bits ({@code DEVPROP_TYPE_UINT32}).
   *
   * @param value the number, 0 to 4294967295
   * @return the value
   * @throws IllegalArgumentException if the number is out of range
   */
  public static DevicePropertyValue ofUnsignedInt32(long value) {
    return integer(UINT32, NativeBytes.checkUnsigned("value", value, 32), 4);
  }

  /**
   * A signed number of 64 bits ({@code DEVPROP_TYPE_INT64}).
   *
   * @param value the number
   * @return the value
   */
  public static DevicePropertyValue ofInt64(long value) {
    return integer(INT64, value, 8);
  }

  /**
   * An unsigned number of 64 bits ({@code DEVPROP_TYPE_UINT64}).
   *
   * @param value the number's bits, as {@link Long#parseUnsignedLong} and {@link
   *     java.math.BigInteger#longValue} give them: a negative one is a number over 2<sup>63</sup>
   * @return the value
   */
  public static DevicePropertyValue ofUnsignedInt64(long value) {
    return integer(UINT64, value, 8);
  }

  /**
   * A number of 32 bits with a fraction ({@code DEVPROP_TYPE_FLOAT}).
   *
   * @param value the number
   * @return the value
   */
  public static DevicePropertyValue ofFloat(float value) {
    return integer(FLOAT, Float.floatToRawIntBits(value), 4);
  }

  /**
   * A number of 64 bits with a fraction ({@code DEVPROP_TYPE_DOUBLE}).
   *
   * @param value the number
   * @return the value
   */
  public static DevicePropertyValue ofDouble(double value) {
    return new DevicePropertyValue(DOUBLE, NativeBytes.ofDouble(value));
  }

  /**
   * Yes or no ({@code DEVPROP_TYPE_BOOLEAN}): one byte, -1 for true.
   *
   * @param value yes or no
   * @return the value
   */
  public static DevicePropertyValue ofBoolean(boolean value) {
    return integer(BOOLEAN, value ? -1 : 0, 1);
  }

  /**
   * A GUID ({@code DEVPROP_TYPE_GUID}).
   *
   * @param value the GUID
   * @return the value
   */
  public static DevicePropertyValue ofGuid(UUID value) {
    return new DevicePropertyValue(GUID, NativeBytes.ofGuid(requireNonNull(value, "value")));
  }

  /**
   * A time ({@code DEVPROP_TYPE_FILETIME}), in steps of 100 ns.
   *
   * @param value the time, rounded down to whole steps; from the beginning of 1601 (UTC) to some
   *     time in the year 30828
   * @return the value
   * @throws IllegalArgumentException if the time is out of range
   */
  public static DevicePropertyValue ofFileTime(Instant value) {
    requireNonNull(value, "value");
    Duration since = Duration.between(YEAR_1601, value);
    BigInteger ticks =
        BigInteger.valueOf(since.getSeconds())
            .multiply(TICKS_PER_SECOND)
            .add(BigInteger.valueOf(since.getNano() / 100));
    checkArgument(
        ticks.signum() >= 0 && ticks.bitLength() < Long.SIZE,
        "value is %s, not between the years 1601 and 30828",
        value);
    return integer(FILETIME, ticks.longValue(), 8);
  }

  /**
   * A text ({@code DEVPROP_TYPE_STRING}), UTF-16 with its terminator.
   *
   * @param value the text
   * @return the value
   * @throws IllegalArgumentException if the text contains a NUL character
   */
  public static DevicePropertyValue ofString(String value) {
    return new DevicePropertyValue(STRING, NativeBytes.ofTerminatedText("value", value));
  }

  /**
   * Texts ({@code DEVPROP_TYPE_STRING_LIST}), UTF-16, each with its terminator and one more at the
   * end.
   *
   * @param values the texts
   * @return the value
   * @throws IllegalArgumentException if a text is empty, which would end the list, or contains a
   *     NUL character
   */
  public static DevicePropertyValue ofStrings(List<String> values) {
    return new DevicePropertyValue(STRING_LIST, NativeBytes.ofTexts("values", values));
  }

  /**
   * Bytes of no other meaning ({@code DEVPROP_TYPE_BINARY}).
   *
   * @param value the bytes, which are copied; one at least, or Windows refuses the property
   * @return the value
   */
  public static DevicePropertyValue ofBinary(byte[] value) {
    return new DevicePropertyValue(BINARY, NativeBytes.copyOf("value", value));
  }

  /**
   * Any other type. Neither type nor bytes are checked here.
   *
   * @param type a {@code DEVPROPTYPE} of devpropdef.h, with its modifiers
   * @param bytes the value as Windows lays it out in memory, which are copied
   * @return the value
   */
  public static DevicePropertyValue raw(int type, byte[] bytes) {
    return new DevicePropertyValue(type, NativeBytes.copyOf("bytes", bytes));
  }

  private static DevicePropertyValue integer(int type, long value, int size) {
    return new DevicePropertyValue(type, NativeBytes.ofInteger(value, size));
  }

  /**
   * The value's type.
   *
   * @return a {@code DEVPROPTYPE}
   */
  public int type() {
    return type;
  }

  /**
   * The value as Windows lays it out in memory.
   *
   * @return a copy of the bytes
   */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DevicePropertyValue
        && type == ((DevicePropertyValue) other).type
        && Arrays.equals(bytes, ((DevicePropertyValue) other).bytes);
  }

  @Override
  public int hashCode() {
    return 31 * type + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "DEVPROPTYPE 0x" + Integer.toHexString(type) + ", " + NativeBytes.toText(bytes);
  }
}
