package io.github.mfvcam.examples;

import io.github.mfvcam.PixelFormat;
import io.github.mfvcam.VideoFrame;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Camera frames as pictures of java.awt. */
final class Pictures {
  private Pictures() {}

  static BufferedImage toImage(VideoFrame frame) {
    BufferedImage image =
        new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_INT_RGB);
    ByteBuffer bytes = frame.bytes().order(ByteOrder.LITTLE_ENDIAN);
    boolean nv12 = frame.pixelFormat() == PixelFormat.NV12;
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        int rgb =
            nv12
                ? nv12(bytes, frame.width(), frame.height(), x, y)
                : bytes.getInt(4 * (y * frame.width() + x));
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  /** BT.601 with the range of video, as cameras of this size have it. */
  private static int nv12(ByteBuffer bytes, int width, int height, int x, int y) {
    int chroma = width * height + y / 2 * width + x / 2 * 2;
    double luma = 1.164 * ((bytes.get(y * width + x) & 0xFF) - 16);
    double blue = (bytes.get(chroma) & 0xFF) - 128;
    double red = (bytes.get(chroma + 1) & 0xFF) - 128;
    return clamp(luma + 1.596 * red) << 16
        | clamp(luma - 0.392 * blue - 0.813 * red) << 8
        | clamp(luma + 2.017 * blue);
  }

  private static int clamp(double value) {
    return (int) Math.round(Math.max(0, Math.min(255, value)));
  }
}
