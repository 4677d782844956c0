package io.github.mfvcam;

import java.util.UUID;

/**
 * The kernel-streaming events of Windows' own that make sense for a camera, as Microsoft's headers
 * ks.h and ksmedia.h define them. Which of them a camera signals is up to its media source; one
 * that does not know an event refuses it with {@code ERROR_SET_NOT_FOUND} or {@code
 * ERROR_NOT_FOUND}. {@link MfvcamSource} has events of its own only.
 *
 * <p>Each constant has the mode {@link KsEvent.Mode#ENABLE}; {@link KsEvent#withMode} gives the
 * other. {@code KSEVENTSETID_Clock}, which wants more input than {@code CreateSyncEvent} can pass,
 * and {@code KSEVENTSETID_StreamAllocator}, which is for the kernel, are left out.
 *
 * @since 0.1
 */
public final class KsEvents {
  /**
   * {@code KSEVENTSETID_ExtendedCameraControl}: completion of asynchronous extended controls. The
   * headers name no ids; by convention, unverified, an id is that of the property, as in {@link
   * KsProperties}.
   */
  public static final UUID EXTENDED_CAMERA_CONTROL_SET =
      UUID.fromString("571c92c9-13a2-47e3-a649-d2a778166384");

  /** {@code KSEVENTSETID_CameraEvent}: what happens while a photo is taken. */
  public static final UUID CAMERA_EVENT_SET =
      UUID.fromString("7899b2e0-6b43-4964-9d2a-a21f4061f576");

  /** {@code KSEVENTSETID_CameraAsyncControl}: completion of asynchronous controls. */
  public static final UUID CAMERA_ASYNC_CONTROL_SET =
      UUID.fromString("22a11754-9701-4088-b33f-6b9cbc52df5e");

  /**
   * {@code EVENTSETID_VIDCAP_CAMERACONTROL_REGION_OF_INTEREST}: completion of region-of-interest
   * controls. The headers name no ids.
   */
  public static final UUID REGION_OF_INTEREST_SET =
      UUID.fromString("2fdffc5d-c732-4ba6-b5df-6b4d7fc88b8b");

  /** {@code KSEVENTSETID_Device}: the state of the device. */
  public static final UUID DEVICE_SET = UUID.fromString("288296ec-9f94-41b4-a153-aa31aeecb33f");

  /** {@code KSEVENTSETID_DynamicFormatChange}: changes of the format while frames flow. */
  public static final UUID DYNAMIC_FORMAT_CHANGE_SET =
      UUID.fromString("162ac456-83d7-4239-96df-c75ffa138bc6");

  /** {@code KSEVENTSETID_PinCapsChange}: changes of what a pin can do; from audio. */
  public static final UUID PIN_CAPS_CHANGE_SET =
      UUID.fromString("dd4f192e-3b78-49ad-a534-2c315b822000");

  /** {@code KSEVENTSETID_VIDCAPNotify}: what the device does by itself. */
  public static final UUID VIDCAP_NOTIFY_SET =
      UUID.fromString("db47de20-f628-11d1-ba41-00a0c90d2b05");

  /** {@code KSEVENTSETID_Connection}: what happens on a pin. */
  public static final UUID CONNECTION_SET = UUID.fromString("7f4bcbe0-9ea5-11cf-a5d6-28db04c10000");

  /** {@code KSEVENTSETID_VPNotify}: video ports; legacy. */
  public static final UUID VP_NOTIFY_SET = UUID.fromString("20c5598e-d3c8-11d0-8dfc-00c04fd7c08b");

  /** {@code KSEVENTSETID_VPVBINotify}: the vertical blanking interval of video ports; legacy. */
  public static final UUID VP_VBI_NOTIFY_SET =
      UUID.fromString("ec529b01-1a1f-11d1-bad9-00609744111a");

  /** {@code EVENTSETID_TUNER}: the tuner of a capture card. */
  public static final UUID TUNER_SET = UUID.fromString("6a2e0606-28e4-11d0-a18c-00a0c9118956");

  /** {@code EVENTSETID_VIDEODECODER}: the decoder of a capture card. */
  public static final UUID VIDEO_DECODER_SET =
      UUID.fromString("6a2e0621-28e4-11d0-a18c-00a0c9118956");

  /** {@code EVENTSETID_CROSSBAR}: the crossbar of a capture card. */
  public static final UUID CROSSBAR_SET = UUID.fromString("6a2e0641-28e4-11d0-a18c-00a0c9118956");

  /** {@code KSEVENTSETID_VIDCAP_TVAUDIO}: the audio of a capture card. */
  public static final UUID TV_AUDIO_SET = UUID.fromString("6a2e0651-28e4-11d0-a18c-00a0c9118956");

  /**
   * {@code KSEVENT_PHOTO_SAMPLE_SCANNED}: a photo was scanned: the time for the sound of a shutter;
   * the first for each photo counts.
   */
  public static final KsEvent CAMERA_EVENT_PHOTO_SAMPLE_SCANNED = event(CAMERA_EVENT_SET, 0);

  /** {@code KSEVENT_CAMERACONTROL_FOCUS}: focusing is done or was cancelled. */
  public static final KsEvent CAMERA_ASYNC_CONTROL_FOCUS = event(CAMERA_ASYNC_CONTROL_SET, 0);

  /** {@code KSEVENT_CAMERACONTROL_ZOOM}: zooming is done or was cancelled. */
  public static final KsEvent CAMERA_ASYNC_CONTROL_ZOOM = event(CAMERA_ASYNC_CONTROL_SET, 1);

  /** {@code KSEVENT_DEVICE_LOST}: the device is gone. */
  public static final KsEvent DEVICE_LOST = event(DEVICE_SET, 0);

  /** {@code KSEVENT_DEVICE_PREEMPTED}: another program took the device. */
  public static final KsEvent DEVICE_PREEMPTED = event(DEVICE_SET, 1);

  /** {@code KSEVENT_DEVICE_THERMAL_HIGH}: the device is hot. */
  public static final KsEvent DEVICE_THERMAL_HIGH = event(DEVICE_SET, 2);

  /** {@code KSEVENT_DEVICE_THERMAL_LOW}: the device has cooled down. */
  public static final KsEvent DEVICE_THERMAL_LOW = event(DEVICE_SET, 3);

  /** {@code KSEVENT_DYNAMIC_FORMAT_CHANGE}: the format changed. */
  public static final KsEvent DYNAMIC_FORMAT_CHANGE = event(DYNAMIC_FORMAT_CHANGE_SET, 0);

  /** {@code KSEVENT_PINCAPS_FORMATCHANGE}: its formats changed. */
  public static final KsEvent PIN_CAPS_CHANGE_FORMAT = event(PIN_CAPS_CHANGE_SET, 0);

  /** {@code KSEVENT_PINCAPS_JACKINFOCHANGE}: what is plugged in changed. */
  public static final KsEvent PIN_CAPS_CHANGE_JACK_INFO = event(PIN_CAPS_CHANGE_SET, 1);

  /**
   * {@code KSEVENT_PINCAPS_INVALIDATECLIENTS}: its clients must start over (in the headers of
   * Windows 11 24H2).
   */
  public static final KsEvent PIN_CAPS_CHANGE_INVALIDATE_CLIENTS = event(PIN_CAPS_CHANGE_SET, 2);

  /** {@code KSEVENT_VIDCAPTOSTI_EXT_TRIGGER}: a button of the device was pressed. */
  public static final KsEvent VIDCAP_NOTIFY_EXTERNAL_TRIGGER = event(VIDCAP_NOTIFY_SET, 0);

  /** {@code KSEVENT_VIDCAP_AUTO_UPDATE}: the device changed a value. */
  public static final KsEvent VIDCAP_NOTIFY_AUTO_UPDATE = event(VIDCAP_NOTIFY_SET, 1);

  /** {@code KSEVENT_VIDCAP_SEARCH}: a search is done. */
  public static final KsEvent VIDCAP_NOTIFY_SEARCH = event(VIDCAP_NOTIFY_SET, 2);

  /** {@code KSEVENT_CONNECTION_POSITIONUPDATE}: the position changed. */
  public static final KsEvent CONNECTION_POSITION_UPDATE = event(CONNECTION_SET, 0);

  /** {@code KSEVENT_CONNECTION_DATADISCONTINUITY}: data is missing. */
  public static final KsEvent CONNECTION_DATA_DISCONTINUITY = event(CONNECTION_SET, 1);

  /** {@code KSEVENT_CONNECTION_TIMEDISCONTINUITY}: time has jumped. */
  public static final KsEvent CONNECTION_TIME_DISCONTINUITY = event(CONNECTION_SET, 2);

  /** {@code KSEVENT_CONNECTION_PRIORITY}: the priority changed. */
  public static final KsEvent CONNECTION_PRIORITY = event(CONNECTION_SET, 3);

  /** {@code KSEVENT_CONNECTION_ENDOFSTREAM}: the stream ended. */
  public static final KsEvent CONNECTION_END_OF_STREAM = event(CONNECTION_SET, 4);

  /** {@code KSEVENT_VPNOTIFY_FORMATCHANGE}: the format changed. */
  public static final KsEvent VP_NOTIFY_FORMAT_CHANGE = event(VP_NOTIFY_SET, 0);

  /** {@code KSEVENT_VPVBINOTIFY_FORMATCHANGE}: the format changed. */
  public static final KsEvent VP_VBI_NOTIFY_FORMAT_CHANGE = event(VP_VBI_NOTIFY_SET, 0);

  /** {@code KSEVENT_TUNER_CHANGED}: the channel changed. */
  public static final KsEvent TUNER_CHANGED = event(TUNER_SET, 0);

  /** {@code KSEVENT_TUNER_INITIATE_SCAN}: a scan begins. */
  public static final KsEvent TUNER_INITIATE_SCAN = event(TUNER_SET, 1);

  /** {@code KSEVENT_VIDEODECODER_CHANGED}: its signal changed. */
  public static final KsEvent VIDEO_DECODER_CHANGED = event(VIDEO_DECODER_SET, 0);

  /** {@code KSEVENT_CROSSBAR_CHANGED}: its routing changed. */
  public static final KsEvent CROSSBAR_CHANGED = event(CROSSBAR_SET, 0);

  /** {@code KSEVENT_TVAUDIO_CHANGED}: its mode changed. */
  public static final KsEvent TV_AUDIO_CHANGED = event(TV_AUDIO_SET, 0);

  private KsEvents() {}

  private static KsEvent event(UUID set, int id) {
    return KsEvent.of(set, id, KsEvent.Mode.ENABLE);
  }
}
