package io.github.mfvcam;

import java.util.UUID;

/**
 * How the pixels of a frame lie in memory.
 *
 * @since 0.1
 */
public enum PixelFormat {
  /**
   * A plane of luma, a byte a pixel, then one of half the width and height with Cb and Cr, a byte
   * each ({@code MFVideoFormat_NV12}).
   */
  NV12("3231564e-0000-0010-8000-00aa00389b71"),
  /** Blue, green, red and an unused byte for each pixel ({@code MFVideoFormat_RGB32}). */
  RGB32("00000016-0000-0010-8000-00aa00389b71");

  private final UUID subtype;

  PixelFormat(String subtype) {
    this.subtype = UUID.fromString(subtype);
  }

  /**
   * The GUID by which Media Foundation knows the format.
   *
   * @return the media subtype
   */
  public UUID subtype() {
    return subtype;
  }
}
