package io.github.mfvcam;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Values as Windows lays them out in memory: little-endian, texts in UTF-16 with terminators. */
final class NativeBytes {
  private static final long MAX_UINT32 = 0xFFFF_FFFFL;

  private NativeBytes() {}

  /** The lower {@code size} bytes of a number. */
  static byte[] ofInteger(long value, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (value >>> (8 * i));
    }
    return bytes;
  }

  static byte[] ofDouble(double value) {
    return ofInteger(Double.doubleToRawLongBits(value), 8);
  }

  /** A GUID structure. */
  static byte[] ofGuid(UUID value) {
    long high = value.getMostSignificantBits();
    return ByteBuffer.allocate(16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) (high >>> 32))
        .putShort((short) (high >>> 16))
        .putShort((short) high)
        .order(ByteOrder.BIG_ENDIAN)
        .putLong(value.getLeastSignificantBits())
        .array();
  }

  /** Each character as it is: Windows' texts may hold half a surrogate pair, as Java's do. */
  static byte[] ofText(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * text.length()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asCharBuffer().put(text);
    return bytes.array();
  }

  static byte[] ofTerminatedText(String parameter, String text) {
    return ofText(checkText(parameter, text) + '\0');
  }

  /** Each text with a terminator, and one more for the list, which an empty text would end. */
  static byte[] ofTexts(String parameter, List<String> texts) {
    requireNonNull(texts, parameter);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String text : texts) {
      bytes.writeBytes(ofTerminatedText(parameter, text));
      checkArgument(!text.isEmpty(), "%s contains an empty text", parameter);
    }
    bytes.writeBytes(ofText("\0"));
    return bytes.toByteArray();
  }

  static byte[] copyOf(String parameter, byte[] bytes) {
    return requireNonNull(bytes, parameter).clone();
  }

  static String checkText(String parameter, String text) {
    requireNonNull(text, parameter);
    checkArgument(text.indexOf('\0') < 0, "%s contains a NUL character", parameter);
    return text;
  }

  /** Returns the number if it fits an unsigned one of 8, 16 or 32 bits. */
  static long checkUnsigned(String parameter, long value, int bits) {
    long max = MAX_UINT32 >>> (32 - bits);
    checkArgument(
        value >= 0 && value <= max, "%s is %s, not between 0 and %s", parameter, value, max);
    return value;
  }

  /** For messages: the first bytes in hexadecimal digits. */
  static String toText(byte[] bytes) {
    int shown = Math.min(bytes.length, 16);
    StringBuilder text = new StringBuilder(bytes.length + " bytes");
    for (int i = 0; i < shown; i++) {
      text.append(String.format(Locale.ROOT, " %02X", bytes[i]));
    }
    return text + (shown < bytes.length ? " ..." : "");
  }
}
