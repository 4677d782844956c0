package io.github.mfvcam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mfvcam.ChildJvm;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncDemoTest {
  private static final int WHITE = 0xFFFFFFFF;
  private static final int BLACK = 0xFF000000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path folder = Path.of(System.getProperty("mfvcam.cache.dir"), "demo");
  private final Path picture = folder.resolve("frame.png");
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @BeforeEach
  void noPictureYet() throws IOException {
    System.setProperty("java.awt.headless", "true");
    Files.deleteIfExists(picture);
  }

  private String output() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private long wakeUps() {
    return output().lines().filter(line -> line.startsWith("FRAME_DELIVERED ")).count();
  }

  @Test
  void sleepsWakesAndLeavesThePicture() throws Exception {
    boolean held = new SyncDemo(out, PATIENCE).run(10, folder);

    assertTrue(held, output());
    assertTrue(output().startsWith("Not Windows' own virtual cameras"), output());
    assertEquals(10, wakeUps(), output());
    assertTrue(output().contains("equal: 10 wake-ups of 10 asked for, 10 signals"), output());
    assertTrue(output().contains("nothing is left alive"), output());
    BufferedImage image = ImageIO.read(picture.toFile());
    assertEquals(640, image.getWidth());
    assertEquals(480, image.getHeight());
    // The bars' ends: white on the left, black on the right.
    assertEquals(WHITE, image.getRGB(10, 10));
    assertEquals(BLACK, image.getRGB(630, 10));
  }

  @Test
  void aSignalThatDoesNotComeIsAFailure() throws Exception {
    // Nobody waits for the frames: at most a few are there in time.
    boolean held = new SyncDemo(out, Duration.ZERO).run(1000, folder);

    assertFalse(held, output());
    assertTrue(output().contains("no signal within 0 ms"), output());
    assertTrue(output().contains("FAILED: " + wakeUps() + " wake-ups of 1000"), output());
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "-1, 0, 0", "10, 9, 9", "10, 10, 9", "10, 10, 11", "10, 0, 10"})
  void otherCountsAreAFailure(int asked, int woken, long signals) {
    assertFalse(new SyncDemo(out, PATIENCE).asItShouldBe(asked, woken, signals));
    assertTrue(output().startsWith("FAILED: " + woken + " wake-ups of " + asked), output());
  }

  @ParameterizedTest
  @CsvSource({
    "2, 0, equal: 2 wake-ups of 2 asked for",
    "0, 1, FAILED: 0 wake-ups of 0 asked for",
  })
  void theExitStatusTellsHowItWent(String asked, int status, String words) {
    Process demo =
        new ChildJvm()
            .with(SyncDemo.class)
            .property("mfvcam.platform", "simulator")
            .property("mfvcam.cache.dir", System.getProperty("mfvcam.cache.dir"))
            .start(SyncDemo.class, asked, folder);

    String told = ChildJvm.finish(demo, status);
    assertTrue(told.contains(words), told);
    assertTrue(told.contains("closed, nothing is left alive"), told);
  }
}
