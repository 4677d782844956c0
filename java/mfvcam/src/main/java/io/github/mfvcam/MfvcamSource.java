package io.github.mfvcam;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The media source that comes with mfvcam, mfvcam-source.dll: what its cameras signal and count. It
 * must be registered on the machine, by regsvr32 as an administrator; {@link #library} is its file.
 *
 * @since 0.1
 */
public final class MfvcamSource {
  /** Its class id, for {@link VirtualCamera#builder}. */
  public static final UUID CLASS_ID = UUID.fromString("85c66a41-1204-4b25-944c-a615b61808b2");

  /** Its event set. */
  public static final UUID EVENT_SET = UUID.fromString("bd137f9a-fbc9-4db3-802d-5fcbead8b048");

  /** Its property set. */
  public static final UUID PROPERTY_SET = UUID.fromString("e3c45bc4-8fe5-4f22-abfe-a3b003e63ac1");

  /** What it counts, as {@link #counters} reads it; readable only. */
  public static final KsProperty COUNTERS = KsProperty.of(PROPERTY_SET, 1);

  private MfvcamSource() {}

  /** What it signals. */
  public enum Event {
    /** Within 100 ms of being enabled, then every second until the sync object is shut down. */
    PING(0),
    /** A consumer asked for a frame. */
    FRAME_REQUESTED(1),
    /** A frame was handed to the consumer's pipeline. */
    FRAME_DELIVERED(2),
    /** A stream began to run. */
    STREAM_STARTED(3),
    /** A stream stopped. */
    STREAM_STOPPED(4),
    /** A stream started with another media type than before. */
    FORMAT_CHANGED(5);

    final int id;

    Event(int id) {
      this.id = id;
    }

    /**
     * This event, for {@link VirtualCamera#createSyncEvent}.
     *
     * @param mode how often to signal
     * @return the event
     */
    public KsEvent ksEvent(KsEvent.Mode mode) {
      return KsEvent.of(EVENT_SET, id, mode);
    }
  }

  /**
   * The file of mfvcam-source.dll for this machine, extracted from the jar into the user's cache:
   * of the machine's own architecture, which the camera services have, whatever the JVM's is.
   *
   * <p>To register it, copy it to a folder that LOCAL SERVICE can read, such as {@code
   * %ProgramFiles%\mfvcam\<build id>}, and run regsvr32 on the copy, as an administrator. The
   * camera services cannot read a user's folder, where this file lies: a camera of a media source
   * registered there would fail to start with {@code E_ACCESSDENIED}. And the cache deletes what no
   * program has asked for in a month.
   *
   * @return the file's full path
   * @throws CameraUnsupportedException as {@link VirtualCameras#load}
   * @throws VirtualCameraException as {@link VirtualCameras#load}; if the jar has no media source
   *     for this machine ({@code ERROR_NOT_SUPPORTED}, {@code ERROR_NOT_FOUND}), or it cannot be
   *     extracted ({@code ERROR_MOD_NOT_FOUND}, with what was tried and the first cause)
   */
  public static Path library() {
    return NativeLibrary.mediaSource();
  }

  /** An event as messages tell it: ours by name, others by numbers. */
  static String nameOf(UUID set, int id) {
    return set.equals(EVENT_SET) && id >= 0 && id < Event.values().length
        ? "MfvcamSource " + Event.values()[id]
        : "{" + set + "} " + Integer.toUnsignedString(id);
  }

  /**
   * Reads the counters of a camera that this media source serves.
   *
   * @param camera the camera, started
   * @return what it has counted so far
   * @throws IllegalStateException if the camera is closed
   * @throws CameraShutDownException if the camera was shut down
   * @throws VirtualCameraException if another media source serves the camera ({@code
   *     ERROR_SET_NOT_FOUND}) or one of another version ({@code ERROR_REVISION_MISMATCH}), the
   *     camera is not started ({@code MF_E_INVALIDREQUEST} in the simulator), or with any other
   *     code
   */
  public static Counters counters(VirtualCamera camera) {
    requireNonNull(camera, "camera");
    return new Counters(camera.getProperty(COUNTERS));
  }

  /** What a camera has counted at a moment. Immutable. */
  public static final class Counters {
    private static final int EVENTS = Event.values().length;
    private static final int REQUESTS = 8;
    private static final int DELIVERIES = 16;
    private static final int SIGNALS = 24;
    private static final int LAST_SIGNAL_TIMES = SIGNALS + 8 * EVENTS;
    private static final int PROCESS_ID = LAST_SIGNAL_TIMES + 8 * EVENTS;
    private static final int INSTANCE = PROCESS_ID + 4;
    private static final int SIZE = INSTANCE + 4;

    private final ByteBuffer value;

    /** Parses {@code mfvcam_source_counters} of mfvcam.h. */
    Counters(byte[] bytes) {
      value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      if (bytes.length < SIZE || value.getInt(0) < SIZE || value.getInt(4) != EVENTS) {
        throw HResults.failure(
            "mfvcam_source_counters",
            HResults.REVISION_MISMATCH,
            "the media source is of another version: register the mfvcam-source.dll that came with"
                + " this jar");
      }
    }

    /**
     * Frames that consumers asked for.
     *
     * @return how many
     */
    public long requests() {
      return value.getLong(REQUESTS);
    }

    /**
     * Frames that were delivered.
     *
     * @return how many
     */
    public long deliveries() {
      return value.getLong(DELIVERIES);
    }

    /**
     * How many times a sync object was signalled.
     *
     * @param event for this event
     * @return how many
     */
    public long signals(Event event) {
      requireNonNull(event, "event");
      return value.getLong(SIGNALS + 8 * event.id);
    }

    /**
     * When the last signal was given, by a stamp taken just before.
     *
     * @param event for this event
     * @return the time on the clock of {@link VirtualCameras#systemTime}, or nothing if there was
     *     no signal yet
     */
    public Optional<Duration> lastSignalTime(Event event) {
      requireNonNull(event, "event");
      long ticks = value.getLong(LAST_SIGNAL_TIMES + 8 * event.id);
      return ticks == 0 ? Optional.empty() : Optional.of(Ticks.toDuration(ticks));
    }

    /**
     * The process in which the media source lives: on Windows the Frame Server service, in the
     * simulator its {@code mfvcam-frameserver.exe}.
     *
     * @return its id
     */
    public long processId() {
      return Integer.toUnsignedLong(value.getInt(PROCESS_ID));
    }

    /**
     * Which of the media sources that its process has made this is. A camera may have several, one
     * after the other or at once; each counts for itself.
     *
     * @return its number, from 1
     */
    public long instance() {
      return Integer.toUnsignedLong(value.getInt(INSTANCE));
    }

    @Override
    public String toString() {
      return "Counters: "
          + requests()
          + " requests, "
          + deliveries()
          + " deliveries, signals "
          + Arrays.stream(Event.values())
              .map(event -> event + " " + signals(event))
              .collect(Collectors.joining(", "));
    }
  }
}
