package io.github.mfvcam;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;

/**
 * What Windows tells of a camera's life ({@code IMFMediaEvent}, as Start's callback gets it).
 * Immutable.
 *
 * @since 0.1
 */
public final class CameraEvent {
  private static final UUID NONE = new UUID(0, 0);

  /** The kinds of events. */
  public enum Type {
    /**
     * A program initialised the camera's media source ({@code
     * MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE}).
     */
    SOURCE_INITIALIZE("e52c4dff-e46d-4d0b-bc75-ddd4c8723f96"),
    /**
     * A program started one or more streams ({@code
     * MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START}).
     */
    SOURCE_START("b1eeb989-b456-4f4a-ae40-079c28e24af8"),
    /** The program stopped all streams ({@code MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_STOP}). */
    SOURCE_STOP("b7fe7a61-fe91-415e-8608-d37dedb1a58b"),
    /**
     * The media source was uninitialised ({@code
     * MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE}).
     */
    SOURCE_UNINITIALIZE("a0ebaba7-a422-4e33-8401-b37d2800aa67"),
    /**
     * The camera's pipeline was shut down ({@code
     * MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN}). Windows leaves undocumented whether
     * that also happens when the last program leaves the camera.
     */
    PIPELINE_SHUTDOWN("45a81b31-43f8-4e5d-8ce2-22dce026996d"),
    /**
     * The media source raised an event of its own ({@code
     * MF_FRAMESERVER_VCAMEVENT_EXTENDED_CUSTOM_EVENT}).
     */
    CUSTOM_EVENT("6e59489c-47d3-4467-83ef-12d34e871665"),
    /** An error, in {@link CameraEvent#status} ({@code MEError}): the camera is lost. */
    ERROR(NONE.toString()),
    /** Of another extended type, which {@link CameraEvent#extendedType} tells. */
    OTHER(null);

    private final UUID extendedType;

    Type(String extendedType) {
      this.extendedType = extendedType == null ? null : UUID.fromString(extendedType);
    }

    private static Type of(UUID extendedType) {
      return Arrays.stream(values())
          .filter(type -> extendedType.equals(type.extendedType))
          .findFirst()
          .orElse(OTHER);
    }
  }

  private final Type type;
  private final UUID extendedType;
  private final int status;
  private final Duration time;

  CameraEvent(UUID extendedType, int status, Duration time) {
    this.type = Type.of(requireNonNull(extendedType, "extendedType"));
    this.extendedType = extendedType;
    this.status = status;
    this.time = requireNonNull(time, "time");
  }

  /**
   * What kind of event.
   *
   * @return the type
   */
  public Type type() {
    return type;
  }

  /**
   * The event's extended type ({@code IMFMediaEvent::GetExtendedType}).
   *
   * @return the GUID; all zeros for {@link Type#ERROR}
   */
  public UUID extendedType() {
    return extendedType;
  }

  /**
   * The event's status ({@code IMFMediaEvent::GetStatus}).
   *
   * @return an HRESULT: negative is a failure
   */
  public int status() {
    return status;
  }

  /**
   * When it arrived in this process.
   *
   * @return the time on the clock of {@link VirtualCameras#systemTime}
   */
  public Duration time() {
    return time;
  }

  @Override
  public String toString() {
    return "CameraEvent "
        + type
        + (type == Type.OTHER ? " {" + extendedType + "}" : "")
        + ", status "
        + HResults.describe(status);
  }
}
