package io.github.mfvcam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SyncDemoTest {
  private static final int WHITE = 0xFFFFFFFF;
  private static final int BLACK = 0xFF000000;

  @Test
  void sleepsWakesAndLeavesThePicture() throws Exception {
    System.setProperty("java.awt.headless", "true");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Path folder = Path.of(System.getProperty("mfvcam.cache.dir"), "demo");
    Path picture = folder.resolve("frame.png");
    Files.deleteIfExists(picture);

    boolean held;
    try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      held = new SyncDemo(out).run(10, folder);
    }

    String output = printed.toString(StandardCharsets.UTF_8);
    assertTrue(held, output);
    assertTrue(output.startsWith("Not Windows' own virtual cameras"), output);
    assertEquals(10, output.lines().filter(line -> line.startsWith("FRAME_DELIVERED ")).count());
    assertTrue(output.contains("equal: 10 wake-ups, 10 signals"), output);
    assertTrue(output.contains("nothing is left alive"), output);
    BufferedImage image = ImageIO.read(picture.toFile());
    assertEquals(640, image.getWidth());
    assertEquals(480, image.getHeight());
    // The bars' ends: white on the left, black on the right.
    assertEquals(WHITE, image.getRGB(10, 10));
    assertEquals(BLACK, image.getRGB(630, 10));
  }

  @Test
  void theQuickstartRuns() throws InterruptedException {
    Quickstart.main(new String[0]);
  }
}
