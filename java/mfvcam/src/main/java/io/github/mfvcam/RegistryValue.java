package io.github.mfvcam;

import java.util.Arrays;
import java.util.List;

/**
 * A value for the registry: its type and bytes, for {@link VirtualCamera#addRegistryEntry}.
 * Immutable.
 *
 * @since 0.1
 */
public final class RegistryValue {
  private static final int SZ = 1;
  private static final int EXPAND_SZ = 2;
  private static final int BINARY = 3;
  private static final int DWORD = 4;
  private static final int MULTI_SZ = 7;
  private static final int QWORD = 11;

  private final int type;
  private final byte[] bytes;

  private RegistryValue(int type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  /**
   * A text ({@code REG_SZ}), UTF-16 with its terminator.
   *
   * @param value the text
   * @return the value
   * @throws IllegalArgumentException if the text contains a NUL character
   */
  public static RegistryValue ofString(String value) {
    return new RegistryValue(SZ, NativeBytes.ofTerminatedText("value", value));
  }

  /**
   * A text in which whoever reads it replaces environment variables such as {@code %TEMP%} ({@code
   * REG_EXPAND_SZ}), UTF-16 with its terminator.
   *
   * @param value the text
   * @return the value
   * @throws IllegalArgumentException if the text contains a NUL character
   */
  public static RegistryValue ofExpandableString(String value) {
    return new RegistryValue(EXPAND_SZ, NativeBytes.ofTerminatedText("value", value));
  }

  /**
   * Texts ({@code REG_MULTI_SZ}), UTF-16, each with its terminator and one more at the end.
   *
   * @param values the texts
   * @return the value
   * @throws IllegalArgumentException if a text is empty, which would end the list, or contains a
   *     NUL character
   */
  public static RegistryValue ofStrings(List<String> values) {
    return new RegistryValue(MULTI_SZ, NativeBytes.ofTexts("values", values));
  }

  /**
   * Bytes of no other meaning ({@code REG_BINARY}).
   *
   * @param value the bytes, which are copied; there may be none
   * @return the value
   */
  public static RegistryValue ofBinary(byte[] value) {
    return new RegistryValue(BINARY, NativeBytes.copyOf("value", value));
  }

  /**
   * A number of 32 bits ({@code REG_DWORD}).
   *
   * @param value the number, 0 to 4294967295; for a negative {@code int} its bits by {@link
   *     Integer#toUnsignedLong}
   * @return the value
   * @throws IllegalArgumentException if the number is out of range
   */
  public static RegistryValue ofDword(long value) {
    NativeBytes.checkUnsigned("value", value, 32);
    return new RegistryValue(DWORD, NativeBytes.ofInteger(value, 4));
  }

  /**
   * A number of 64 bits ({@code REG_QWORD}).
   *
   * @param value the number's bits: a negative one is a number over 2<sup>63</sup>
   * @return the value
   */
  public static RegistryValue ofQword(long value) {
    return new RegistryValue(QWORD, NativeBytes.ofInteger(value, 8));
  }

  /**
   * Any other type. Neither type nor bytes are checked here.
   *
   * @param type a {@code REG_} type of winnt.h
   * @param bytes the value as the registry stores it, which are copied; there may be none
   * @return the value
   */
  public static RegistryValue raw(int type, byte[] bytes) {
    return new RegistryValue(type, NativeBytes.copyOf("bytes", bytes));
  }

  /**
   * The value's type.
   *
   * @return a {@code REG_} type
   */
  public int type() {
    return type;
  }

  /**
   * The value as the registry stores it.
   *
   * @return a copy of the bytes
   */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RegistryValue
        && type == ((RegistryValue) other).type
        && Arrays.equals(bytes, ((RegistryValue) other).bytes);
  }

  @Override
  public int hashCode() {
    return 31 * type + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "registry type " + Integer.toUnsignedString(type) + ", " + NativeBytes.toText(bytes);
  }
}
