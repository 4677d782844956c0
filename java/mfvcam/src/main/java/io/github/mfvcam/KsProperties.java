package io.github.mfvcam;

import java.util.UUID;

/**
 * The kernel-streaming properties of Windows' own that make sense for a camera, as Microsoft's
 * headers ks.h and ksmedia.h define them. Which of them a camera has is up to its media source; one
 * that does not know a property refuses it with {@code ERROR_SET_NOT_FOUND} or {@code
 * ERROR_NOT_FOUND}. {@link MfvcamSource} has properties of its own only.
 *
 * <p>The layout of each property's value is in Microsoft's documentation of the identifier that is
 * named here. Those of the extended controls begin with a {@code KSCAMERA_EXTENDEDPROP_HEADER}.
 *
 * @since 0.1
 */
public final class KsProperties {
  /** {@code KSPROPERTYSETID_ExtendedCameraControl}: the extended camera controls. */
  public static final UUID EXTENDED_CAMERA_CONTROL_SET =
      UUID.fromString("1cb79112-c0d2-4213-9ca6-cd4fdb927972");

  /** {@code KSPROPERTYSETID_WindowsCameraEffect}: Windows' camera effects (in later headers). */
  public static final UUID WINDOWS_CAMERA_EFFECT_SET =
      UUID.fromString("1666d655-21a6-4982-9728-52c39e869f90");

  /** {@code KSPROPERTYSETID_PerFrameSettingControl}: settings for each frame. */
  public static final UUID PER_FRAME_SETTING_CONTROL_SET =
      UUID.fromString("f1f3e261-dee6-4537-bff5-ee206db54aac");

  /** {@code PROPSETID_VIDCAP_CAMERACONTROL}: lens and head of the camera. */
  public static final UUID CAMERA_CONTROL_SET =
      UUID.fromString("c6e13370-30ac-11d0-a18c-00a0c9118956");

  /** {@code PROPSETID_VIDCAP_VIDEOPROCAMP}: picture quality, such as brightness. */
  public static final UUID VIDEO_PROC_AMP_SET =
      UUID.fromString("c6e13360-30ac-11d0-a18c-00a0c9118956");

  /** {@code PROPSETID_VIDCAP_VIDEOCONTROL}: triggers and flips. */
  public static final UUID VIDEO_CONTROL_SET =
      UUID.fromString("6a2e0670-28e4-11d0-a18c-00a0c9118956");

  /** {@code PROPSETID_VIDCAP_CAMERACONTROL_FLASH}: the flash. */
  public static final UUID FLASH_SET = UUID.fromString("785e8f49-63a2-4144-ab70-ffb278fa26ce");

  /** {@code PROPSETID_VIDCAP_CAMERACONTROL_VIDEO_STABILIZATION}: stabilisation. */
  public static final UUID VIDEO_STABILIZATION_SET =
      UUID.fromString("43964bd3-7716-404e-8be1-d299b20e50fd");

  /** {@code PROPSETID_VIDCAP_CAMERACONTROL_REGION_OF_INTEREST}: the region of interest. */
  public static final UUID REGION_OF_INTEREST_SET =
      UUID.fromString("9d12d198-f86c-4fed-b023-5d87653da793");

  /** {@code KSPROPSETID_Pin}: the pins. */
  public static final UUID PIN_SET = UUID.fromString("8c134960-51ad-11cf-878a-94f801c10000");

  /** {@code KSPROPSETID_Topology}: the topology. */
  public static final UUID TOPOLOGY_SET = UUID.fromString("720d4ac0-7533-11d0-a5d6-28db04c10000");

  /** {@code KSPROPERTY_CAMERACONTROL_PAN}. */
  public static final KsProperty CAMERA_CONTROL_PAN = KsProperty.of(CAMERA_CONTROL_SET, 0);

  /** {@code KSPROPERTY_CAMERACONTROL_TILT}. */
  public static final KsProperty CAMERA_CONTROL_TILT = KsProperty.of(CAMERA_CONTROL_SET, 1);

  /** {@code KSPROPERTY_CAMERACONTROL_ROLL}. */
  public static final KsProperty CAMERA_CONTROL_ROLL = KsProperty.of(CAMERA_CONTROL_SET, 2);

  /** {@code KSPROPERTY_CAMERACONTROL_ZOOM}. */
  public static final KsProperty CAMERA_CONTROL_ZOOM = KsProperty.of(CAMERA_CONTROL_SET, 3);

  /** {@code KSPROPERTY_CAMERACONTROL_EXPOSURE}. */
  public static final KsProperty CAMERA_CONTROL_EXPOSURE = KsProperty.of(CAMERA_CONTROL_SET, 4);

  /** {@code KSPROPERTY_CAMERACONTROL_IRIS}. */
  public static final KsProperty CAMERA_CONTROL_IRIS = KsProperty.of(CAMERA_CONTROL_SET, 5);

  /** {@code KSPROPERTY_CAMERACONTROL_FOCUS}. */
  public static final KsProperty CAMERA_CONTROL_FOCUS = KsProperty.of(CAMERA_CONTROL_SET, 6);

  /** {@code KSPROPERTY_CAMERACONTROL_SCANMODE}. */
  public static final KsProperty CAMERA_CONTROL_SCANMODE = KsProperty.of(CAMERA_CONTROL_SET, 7);

  /** {@code KSPROPERTY_CAMERACONTROL_PRIVACY}. */
  public static final KsProperty CAMERA_CONTROL_PRIVACY = KsProperty.of(CAMERA_CONTROL_SET, 8);

  /** {@code KSPROPERTY_CAMERACONTROL_PANTILT}. */
  public static final KsProperty CAMERA_CONTROL_PANTILT = KsProperty.of(CAMERA_CONTROL_SET, 9);

  /** {@code KSPROPERTY_CAMERACONTROL_PAN_RELATIVE}. */
  public static final KsProperty CAMERA_CONTROL_PAN_RELATIVE =
      KsProperty.of(CAMERA_CONTROL_SET, 10);

  /** {@code KSPROPERTY_CAMERACONTROL_TILT_RELATIVE}. */
  public static final KsProperty CAMERA_CONTROL_TILT_RELATIVE =
      KsProperty.of(CAMERA_CONTROL_SET, 11);

  /** {@code KSPROPERTY_CAMERACONTROL_ROLL_RELATIVE}. */
  public static final KsProperty CAMERA_CONTROL_ROLL_RELATIVE =
      KsProperty.of(CAMERA_CONTROL_SET, 12);

  /** {@code KSPROPERTY_CAMERACONTROL_ZOOM_RELATIVE}. */
  public static final KsProperty CAMERA_CONTROL_ZOOM_RELATIVE =
      KsProperty.of(CAMERA_CONTROL_SET, 13);

  /** {@code KSPROPERTY_CAMERACONTROL_EXPOSURE_RELATIVE}. */
  public static final KsProperty CAMERA_CONTROL_EXPOSURE_RELATIVE =
      KsProperty.of(CAMERA_CONTROL_SET, 14);

  /** {@code KSPROPERTY_CAMERACONTROL_IRIS_RELATIVE}. */
  public static final KsProperty CAMERA_CONTROL_IRIS_RELATIVE =
      KsProperty.of(CAMERA_CONTROL_SET, 15);

  /** {@code KSPROPERTY_CAMERACONTROL_FOCUS_RELATIVE}. */
  public static final KsProperty CAMERA_CONTROL_FOCUS_RELATIVE =
      KsProperty.of(CAMERA_CONTROL_SET, 16);

  /** {@code KSPROPERTY_CAMERACONTROL_PANTILT_RELATIVE}. */
  public static final KsProperty CAMERA_CONTROL_PANTILT_RELATIVE =
      KsProperty.of(CAMERA_CONTROL_SET, 17);

  /** {@code KSPROPERTY_CAMERACONTROL_FOCAL_LENGTH}. */
  public static final KsProperty CAMERA_CONTROL_FOCAL_LENGTH =
      KsProperty.of(CAMERA_CONTROL_SET, 18);

  /** {@code KSPROPERTY_CAMERACONTROL_AUTO_EXPOSURE_PRIORITY}. */
  public static final KsProperty CAMERA_CONTROL_AUTO_EXPOSURE_PRIORITY =
      KsProperty.of(CAMERA_CONTROL_SET, 19);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_PHOTOMODE}. */
  public static final KsProperty EXTENDED_PHOTOMODE = KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 0);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_PHOTOFRAMERATE}. */
  public static final KsProperty EXTENDED_PHOTOFRAMERATE =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 1);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_PHOTOMAXFRAMERATE}. */
  public static final KsProperty EXTENDED_PHOTOMAXFRAMERATE =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 2);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_PHOTOTRIGGERTIME}. */
  public static final KsProperty EXTENDED_PHOTOTRIGGERTIME =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 3);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_WARMSTART}. */
  public static final KsProperty EXTENDED_WARMSTART = KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 4);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_MAXVIDFPS_PHOTORES}. */
  public static final KsProperty EXTENDED_MAXVIDFPS_PHOTORES =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 5);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_PHOTOTHUMBNAIL}. */
  public static final KsProperty EXTENDED_PHOTOTHUMBNAIL =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 6);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_SCENEMODE}. */
  public static final KsProperty EXTENDED_SCENEMODE = KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 7);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_TORCHMODE}. */
  public static final KsProperty EXTENDED_TORCHMODE = KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 8);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_FLASHMODE}. */
  public static final KsProperty EXTENDED_FLASHMODE = KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 9);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_OPTIMIZATIONHINT}. */
  public static final KsProperty EXTENDED_OPTIMIZATIONHINT =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 10);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_WHITEBALANCEMODE}. */
  public static final KsProperty EXTENDED_WHITEBALANCEMODE =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 11);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_EXPOSUREMODE}. */
  public static final KsProperty EXTENDED_EXPOSUREMODE =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 12);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_FOCUSMODE}. */
  public static final KsProperty EXTENDED_FOCUSMODE =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 13);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_ISO}. */
  public static final KsProperty EXTENDED_ISO = KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 14);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_FIELDOFVIEW}. */
  public static final KsProperty EXTENDED_FIELDOFVIEW =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 15);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_EVCOMPENSATION}. */
  public static final KsProperty EXTENDED_EVCOMPENSATION =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 16);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_CAMERAANGLEOFFSET}. */
  public static final KsProperty EXTENDED_CAMERAANGLEOFFSET =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 17);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_METADATA}. */
  public static final KsProperty EXTENDED_METADATA = KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 18);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_FOCUSPRIORITY}. */
  public static final KsProperty EXTENDED_FOCUSPRIORITY =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 19);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_FOCUSSTATE}. */
  public static final KsProperty EXTENDED_FOCUSSTATE =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 20);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_ROI_CONFIGCAPS}. */
  public static final KsProperty EXTENDED_ROI_CONFIGCAPS =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 21);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_ROI_ISPCONTROL}. */
  public static final KsProperty EXTENDED_ROI_ISPCONTROL =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 22);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_PHOTOCONFIRMATION}. */
  public static final KsProperty EXTENDED_PHOTOCONFIRMATION =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 23);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_ZOOM}. */
  public static final KsProperty EXTENDED_ZOOM = KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 24);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_MCC}. */
  public static final KsProperty EXTENDED_MCC = KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 25);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_ISO_ADVANCED}. */
  public static final KsProperty EXTENDED_ISO_ADVANCED =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 26);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_VIDEOSTABILIZATION}. */
  public static final KsProperty EXTENDED_VIDEOSTABILIZATION =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 27);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_VFR}. */
  public static final KsProperty EXTENDED_VFR = KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 28);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_FACEDETECTION}. */
  public static final KsProperty EXTENDED_FACEDETECTION =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 29);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_VIDEOHDR}. */
  public static final KsProperty EXTENDED_VIDEOHDR = KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 30);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_HISTOGRAM}. */
  public static final KsProperty EXTENDED_HISTOGRAM =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 31);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_OIS}. */
  public static final KsProperty EXTENDED_OIS = KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 32);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_ADVANCEDPHOTO}. */
  public static final KsProperty EXTENDED_ADVANCEDPHOTO =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 33);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_PROFILE}. */
  public static final KsProperty EXTENDED_PROFILE = KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 34);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_FACEAUTH_MODE}. */
  public static final KsProperty EXTENDED_FACEAUTH_MODE =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 35);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_SECURE_MODE}. */
  public static final KsProperty EXTENDED_SECURE_MODE =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 36);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_VIDEOTEMPORALDENOISING}. */
  public static final KsProperty EXTENDED_VIDEOTEMPORALDENOISING =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 37);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_IRTORCHMODE}. */
  public static final KsProperty EXTENDED_IRTORCHMODE =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 38);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_RELATIVEPANELOPTIMIZATION}. */
  public static final KsProperty EXTENDED_RELATIVEPANELOPTIMIZATION =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 39);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_EYEGAZECORRECTION}. */
  public static final KsProperty EXTENDED_EYEGAZECORRECTION =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 40);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_BACKGROUNDSEGMENTATION}. */
  public static final KsProperty EXTENDED_BACKGROUNDSEGMENTATION =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 41);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_DIGITALWINDOW_CONFIGCAPS}. */
  public static final KsProperty EXTENDED_DIGITALWINDOW_CONFIGCAPS =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 42);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_DIGITALWINDOW}. */
  public static final KsProperty EXTENDED_DIGITALWINDOW =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 43);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_FRAMERATE_THROTTLE}. */
  public static final KsProperty EXTENDED_FRAMERATE_THROTTLE =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 44);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_FIELDOFVIEW2_CONFIGCAPS}. */
  public static final KsProperty EXTENDED_FIELDOFVIEW2_CONFIGCAPS =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 45);

  /** {@code KSPROPERTY_CAMERACONTROL_EXTENDED_FIELDOFVIEW2}. */
  public static final KsProperty EXTENDED_FIELDOFVIEW2 =
      KsProperty.of(EXTENDED_CAMERA_CONTROL_SET, 46);

  private KsProperties() {}
}
