package io.github.mfvcam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class QuickstartTest {
  @Test
  void theCameraWakesItThreeTimes() throws InterruptedException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      Quickstart.main(new String[0]);
    } finally {
      System.setOut(before);
    }

    assertEquals(
        List.of("woken by the camera: 1", "woken by the camera: 2", "woken by the camera: 3"),
        printed.toString(StandardCharsets.UTF_8).lines().collect(Collectors.toList()));
  }
}
