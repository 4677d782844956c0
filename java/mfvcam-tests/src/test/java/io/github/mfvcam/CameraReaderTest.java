package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.Uninterruptibles;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CameraReaderTest {
  private VirtualCamera camera;
  private MediaSource source;

  @BeforeEach
  void open() {
    camera = Cameras.started();
    source = camera.getMediaSource();
  }

  @AfterEach
  void close() {
    source.close();
    camera.close();
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void framesShowTheMovingTestPicture(PixelFormat format) throws InterruptedException {
    try (CameraReader reader = source.openReader(format)) {
      assertEquals(format, reader.format().pixelFormat());
      assertEquals(640, reader.format().width());
      assertEquals(480, reader.format().height());
      assertEquals(30, reader.format().framesPerSecond());
      assertEquals(format + " 640x480, 30.000 frames/s", reader.format().toString());
      int size = 640 * 480 * (format == PixelFormat.NV12 ? 3 : 8) / 2;
      assertEquals(size, reader.format().frameSize());

      VideoFrame first = reader.read(Cameras.LONG).orElseThrow();
      VideoFrame second = reader.read(Cameras.LONG).orElseThrow();

      assertEquals(640, first.width());
      assertEquals(480, first.height());
      assertEquals(format, first.pixelFormat());
      assertEquals(size, first.bytes().remaining());
      assertTrue(values(first) >= 8, "a picture of " + values(first) + " values");
      assertNotEquals(first.bytes(), second.bytes());
      Duration between = second.time().minus(first.time());
      assertTrue(
          between.compareTo(Duration.ofMillis(20)) > 0
              && between.compareTo(Duration.ofSeconds(5)) < 0,
          "frames " + between + " apart");
      assertEquals(Duration.ofNanos(33_333_300), first.duration());
    }
  }

  /** Different pixels of a RGB32 frame, different bytes of another. */
  private static long values(VideoFrame frame) {
    ByteBuffer bytes = frame.bytes();
    return frame.pixelFormat() == PixelFormat.RGB32
        ? IntStream.range(0, bytes.limit() / 4).map(i -> bytes.getInt(4 * i)).distinct().count()
        : IntStream.range(0, bytes.limit()).map(bytes::get).distinct().count();
  }

  @Test
  void aFrameCannotBeChanged() throws InterruptedException {
    try (CameraReader reader = source.openReader(PixelFormat.NV12)) {
      VideoFrame frame = reader.read(Cameras.LONG).orElseThrow();

      assertThrows(ReadOnlyBufferException.class, () -> frame.bytes().put(0, (byte) 1));
      frame.bytes().position(7);
      assertEquals(0, frame.bytes().position());
    }
  }

  @Test
  void aTimeoutKeepsTheFrameForTheNextRead() throws InterruptedException {
    try (CameraReader reader = source.openReader(PixelFormat.NV12)) {
      assertTrue(reader.read(Cameras.LONG).isPresent());
      long requests = MfvcamSource.counters(camera).requests();

      // The next frame is due 33 ms after the last.
      assertFalse(reader.read(Duration.ZERO).isPresent());
      assertTrue(reader.read(Cameras.LONG).isPresent());

      assertEquals(requests + 1, MfvcamSource.counters(camera).requests());
    }
  }

  /** Our media source never ends its stream: these answers are made here. */
  @Test
  void aTimeoutAndTheEndOfTheStreamAreTold() throws InterruptedException {
    VideoFormat format = new VideoFormat(PixelFormat.RGB32, 1, 1, 30, 1, 4);
    int[] answers = {
      HResults.S_FALSE, HResults.S_OK, HResults.MF_E_END_OF_STREAM, HResults.MF_E_END_OF_STREAM
    };
    AtomicInteger calls = new AtomicInteger();
    try (CameraReader reader =
        new CameraReader(
            format,
            new NativeHandle("CameraReader", null, 0, handle -> HResults.S_OK),
            (handle, timeoutMillis, cancelEvent, buffer, out) -> {
              int answer = answers[calls.getAndIncrement()];
              out[0] = answer == HResults.S_OK ? 4 : 0;
              return answer;
            })) {
      assertEquals(Optional.empty(), reader.read(Duration.ZERO));
      assertEquals(4, reader.read(Duration.ZERO).orElseThrow().bytes().remaining());
      for (int read = 0; read < 2; read++) {
        CameraEndOfStreamException e =
            assertThrows(CameraEndOfStreamException.class, () -> reader.read(Duration.ZERO));
        assertEquals(HResults.MF_E_END_OF_STREAM, e.hresult());
        assertEquals("IMFSourceReader::ReadSample", e.operation());
        assertTrue(e.getMessage().contains("ended its stream"), e.getMessage());
      }
      assertEquals(answers.length, calls.get());
    }
  }

  @Test
  void aFrameLargerThanExpectedIsFetchedAndOneThatGrowsOnIsAFailure() throws InterruptedException {
    VideoFormat format = new VideoFormat(PixelFormat.RGB32, 1, 1, 30, 1, 4);
    AtomicInteger needed = new AtomicInteger(8);
    try (CameraReader reader =
        new CameraReader(
            format,
            new NativeHandle("CameraReader", null, 0, handle -> HResults.S_OK),
            (handle, timeoutMillis, cancelEvent, buffer, out) -> {
              out[0] = needed.get();
              return buffer.capacity() < needed.get()
                  ? HResults.INSUFFICIENT_BUFFER
                  : HResults.S_OK;
            })) {
      assertEquals(8, reader.read(Duration.ZERO).orElseThrow().bytes().remaining());
    }
    try (CameraReader reader =
        new CameraReader(
            format,
            new NativeHandle("CameraReader", null, 0, handle -> HResults.S_OK),
            (handle, timeoutMillis, cancelEvent, buffer, out) -> {
              out[0] = needed.getAndIncrement();
              return HResults.INSUFFICIENT_BUFFER;
            })) {
      assertThrows(VirtualCameraException.class, () -> reader.read(Duration.ZERO));
    }
  }

  @Test
  void anInterruptEndsARead() {
    Thread.currentThread().interrupt();
    try (CameraReader reader = source.openReader(PixelFormat.NV12)) {
      assertThrows(InterruptedException.class, () -> reader.read(Cameras.LONG));
      assertFalse(Thread.currentThread().isInterrupted());
      for (int round = 0; round < 10; round++) {
        Background<Object> read =
            Background.start(
                () -> {
                  while (true) {
                    reader.read(Cameras.LONG);
                  }
                });
        Eventually.holds(() -> VirtualCameras.ledger().calls() > 0, () -> "nobody reads");
        read.interrupt();
        read.failure(InterruptedException.class);
        assertFalse(read.interruptedAfterwards());
      }
    }
  }

  @Test
  void closingEndsARead() {
    CameraReader reader = source.openReader(PixelFormat.NV12);
    Background<Object> read =
        Background.start(
            () -> {
              while (true) {
                reader.read(Cameras.LONG);
              }
            });
    Eventually.holds(() -> VirtualCameras.ledger().calls() > 0, () -> "nobody reads");
    reader.close();
    reader.close();

    read.failure(IllegalStateException.class);
    assertThrows(IllegalStateException.class, () -> reader.read(Cameras.LONG));
  }

  @Test
  void closingTheCameraEndsReads() throws InterruptedException {
    try (CameraReader reader = source.openReader(PixelFormat.NV12)) {
      assertTrue(reader.read(Cameras.LONG).isPresent());
      camera.close();

      assertThrows(VirtualCameraException.class, () -> readForEver(reader));
    }
  }

  @Test
  void stoppingTheCameraEndsReads() throws InterruptedException {
    try (CameraReader reader = source.openReader(PixelFormat.NV12)) {
      assertTrue(reader.read(Cameras.LONG).isPresent());
      camera.stop();

      VirtualCameraException e =
          assertThrows(VirtualCameraException.class, () -> readForEver(reader));
      assertTrue(
          e.getMessage().contains("MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED"), e.getMessage());
    }
  }

  private static void readForEver(CameraReader reader) throws InterruptedException {
    while (true) {
      reader.read(Cameras.LONG);
    }
  }

  @Test
  void oneThreadReadsAtATime() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    VideoFormat format = new VideoFormat(PixelFormat.RGB32, 1, 1, 30, 1, 4);
    try (CameraReader reader =
        new CameraReader(
            format,
            new NativeHandle("CameraReader", null, 0, handle -> HResults.S_OK),
            (handle, timeoutMillis, cancelEvent, buffer, out) -> {
              entered.countDown();
              Uninterruptibles.awaitUninterruptibly(leave);
              return HResults.S_FALSE;
            })) {
      Background<Optional<VideoFrame>> first = Background.start(() -> reader.read(Cameras.LONG));
      entered.await();
      Background<Optional<VideoFrame>> second = Background.start(() -> reader.read(Cameras.LONG));
      try {
        IllegalStateException e = second.failure(IllegalStateException.class);
        assertTrue(e.getMessage().contains("MFVCAM_E_READER_BUSY"), e.getMessage());
      } finally {
        leave.countDown();
      }
      assertEquals(Optional.empty(), first.result());
      assertEquals(Optional.empty(), reader.read(Duration.ZERO));
    }
  }

  @Test
  void argumentsAreChecked() {
    try (CameraReader reader = source.openReader(PixelFormat.NV12)) {
      assertThrows(IllegalArgumentException.class, () -> reader.read(Duration.ofMillis(-1)));
    }
  }

  @Test
  void aSourceServesOneReader() throws InterruptedException {
    try (CameraReader reader = source.openReader(PixelFormat.RGB32)) {
      assertTrue(reader.read(Cameras.LONG).isPresent());
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> source.openReader(PixelFormat.RGB32));
      assertTrue(e.getMessage().contains("MFVCAM_E_SOURCE_TAKEN"), e.getMessage());
    }
    for (int round = 0; round < 3; round++) {
      try (MediaSource another = camera.getMediaSource();
          CameraReader reader = another.openReader(PixelFormat.RGB32)) {
        assertTrue(reader.read(Cameras.LONG).isPresent());
      }
    }
  }

  @Test
  void closedASourceThrows() {
    source.close();
    source.close();

    assertThrows(IllegalStateException.class, () -> source.openReader(PixelFormat.NV12));
  }

  @Test
  void aReaderOutlivesItsSourceObject() throws InterruptedException {
    try (CameraReader reader = source.openReader(PixelFormat.NV12)) {
      source.close();
      assertTrue(reader.read(Cameras.LONG).isPresent());
    }
  }
}
