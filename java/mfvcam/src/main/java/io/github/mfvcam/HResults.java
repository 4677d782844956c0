package io.github.mfvcam;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** HRESULTs: their names, and the one place that makes exceptions of them. */
final class HResults {
  static final int S_OK = 0;
  static final int S_FALSE = 1;
  static final int E_ACCESSDENIED = 0x80070005;
  static final int E_HANDLE = 0x80070006;
  static final int MF_E_SHUTDOWN = 0xC00D3E85;
  static final int MF_E_END_OF_STREAM = 0xC00D3E84;
  static final int RPC_E_DISCONNECTED = 0x80010108;
  static final int MOD_NOT_FOUND = 0x8007007E;
  static final int PROC_NOT_FOUND = 0x8007007F;
  static final int NOT_SUPPORTED = 0x80070032;
  static final int ALREADY_EXISTS = 0x800700B7;
  static final int INSUFFICIENT_BUFFER = 0x8007007A;
  static final int MORE_DATA = 0x800700EA;
  static final int NOT_FOUND = 0x80070490;
  static final int CANCELLED = 0x800704C7;
  static final int REVISION_MISMATCH = 0x8007051A;
  static final int RPC_SERVER_UNAVAILABLE = 0x800706BA;
  static final int RPC_CALL_FAILED = 0x800706BE;
  static final int E_NOTIMPL = 0x80004001;
  static final int E_NOINTERFACE = 0x80004002;
  static final int E_INVALIDARG = 0x80070057;
  static final int CLASS_NOT_REGISTERED = 0x80040154;
  static final int SET_NOT_FOUND = 0x80070492;
  static final int MF_E_INVALIDREQUEST = 0xC00D36B2;
  static final int MF_E_INVALIDTYPE = 0xC00D36BD;
  static final int MF_E_NOT_FOUND = 0xC00D36D5;
  static final int MF_E_ATTRIBUTENOTFOUND = 0xC00D36E6;
  static final int WAIT_MIXED = 0xA0040201;
  static final int CAMERA_LOST = 0xA0040202;
  static final int ALREADY_OPEN = 0xA0040203;
  static final int PROVIDER_IN_USE = 0xA0040204;
  static final int READER_BUSY = 0xA0040206;
  static final int SOURCE_TAKEN = 0xA0040207;
  static final int SPENT = 0xA0040208;

  /** Operations after whose failure "not found" means that Windows has no virtual cameras. */
  static final String CREATE_VIRTUAL_CAMERA = "MFCreateVirtualCamera";

  static final String IS_SUPPORTED = "MFIsVirtualCameraTypeSupported";

  static final String ADD_PROPERTY = "IMFVirtualCamera::AddProperty";
  static final String ADD_REGISTRY_ENTRY = "IMFVirtualCamera::AddRegistryEntry";
  static final String START = "IMFVirtualCamera::Start";
  static final String STOP = "IMFVirtualCamera::Stop";
  static final String REMOVE = "IMFVirtualCamera::Remove";
  static final String GET_MEDIA_SOURCE = "IMFVirtualCamera::GetMediaSource";
  static final String SEND_CAMERA_PROPERTY = "IMFVirtualCamera::SendCameraProperty";
  static final String CREATE_SYNC_EVENT = "IMFVirtualCamera::CreateSyncEvent";
  static final String CREATE_SYNC_SEMAPHORE = "IMFVirtualCamera::CreateSyncSemaphore";
  static final String WAIT_ON_SIGNAL = "IMFCameraSyncObject::WaitOnSignal";

  /** Operations that need a camera that was started. */
  private static final Set<String> AFTER_START =
      Set.of(GET_MEDIA_SOURCE, SEND_CAMERA_PROPERTY, CREATE_SYNC_EVENT, CREATE_SYNC_SEMAPHORE);

  private static final String OR_SIMULATOR =
      "; or, for development and tests, use mfvcam-simulator: Simulator.install() or"
          + " -Dmfvcam.platform=simulator";

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          entry(S_OK, "S_OK"),
          entry(S_FALSE, "S_FALSE"),
          entry(E_NOTIMPL, "E_NOTIMPL"),
          entry(E_NOINTERFACE, "E_NOINTERFACE"),
          entry(0x80004003, "E_POINTER"),
          entry(0x80004004, "E_ABORT"),
          entry(0x80004005, "E_FAIL"),
          entry(0x8000FFFF, "E_UNEXPECTED"),
          entry(0x8000000A, "E_PENDING"),
          entry(0x8000000B, "E_BOUNDS"),
          entry(E_ACCESSDENIED, "E_ACCESSDENIED"),
          entry(E_HANDLE, "E_HANDLE"),
          entry(0x8007000E, "E_OUTOFMEMORY"),
          entry(E_INVALIDARG, "E_INVALIDARG"),
          entry(0x800401F0, "CO_E_NOTINITIALIZED"),
          entry(0x80010106, "RPC_E_CHANGED_MODE"),
          entry(0x8001010E, "RPC_E_WRONG_THREAD"),
          entry(RPC_E_DISCONNECTED, "RPC_E_DISCONNECTED"),
          entry(0x800401F3, "CO_E_CLASSSTRING"),
          entry(0x800401F8, "CO_E_DLLNOTFOUND"),
          entry(0x800401F9, "CO_E_ERRORINDLL"),
          entry(CLASS_NOT_REGISTERED, "REGDB_E_CLASSNOTREG"),
          entry(0x80040110, "CLASS_E_NOAGGREGATION"),
          entry(0x80080005, "CO_E_SERVER_EXEC_FAILURE"),
          entry(0xC00D36B0, "MF_E_PLATFORM_NOT_INITIALIZED"),
          entry(0xC00D36B1, "MF_E_BUFFERTOOSMALL"),
          entry(MF_E_INVALIDREQUEST, "MF_E_INVALIDREQUEST"),
          entry(0xC00D36B3, "MF_E_INVALIDSTREAMNUMBER"),
          entry(0xC00D36B4, "MF_E_INVALIDMEDIATYPE"),
          entry(0xC00D36B5, "MF_E_NOTACCEPTING"),
          entry(0xC00D36B6, "MF_E_NOT_INITIALIZED"),
          entry(0xC00D36BA, "MF_E_UNSUPPORTED_SERVICE"),
          entry(0xC00D36BB, "MF_E_UNEXPECTED"),
          entry(MF_E_INVALIDTYPE, "MF_E_INVALIDTYPE"),
          entry(0xC00D36C5, "MF_E_UNSUPPORTED_TIME_FORMAT"),
          entry(MF_E_NOT_FOUND, "MF_E_NOT_FOUND"),
          entry(0xC00D36D6, "MF_E_NOT_AVAILABLE"),
          entry(0xC00D36DA, "MF_E_MULTIPLE_SUBSCRIBERS"),
          entry(0xC00D36E3, "MF_E_BAD_STARTUP_VERSION"),
          entry(MF_E_ATTRIBUTENOTFOUND, "MF_E_ATTRIBUTENOTFOUND"),
          entry(0xC00D36ED, "MF_E_OPERATION_CANCELLED"),
          entry(0xC00D3704, "MF_E_HW_MFT_FAILED_START_STREAMING"),
          entry(0xC00D3E80, "MF_E_NO_EVENTS_AVAILABLE"),
          entry(0xC00D3E82, "MF_E_INVALID_STATE_TRANSITION"),
          entry(MF_E_END_OF_STREAM, "MF_E_END_OF_STREAM"),
          entry(MF_E_SHUTDOWN, "MF_E_SHUTDOWN"),
          entry(0xC00D3EA2, "MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED"),
          entry(0xC00D3EA3, "MF_E_VIDEO_RECORDING_DEVICE_PREEMPTED"),
          entry(0xC00D4650, "MF_E_ALREADY_INITIALIZED"),
          entry(0xC00D4A3D, "MF_E_SAMPLEALLOCATOR_CANCELED"),
          entry(0xC00D4A3E, "MF_E_SAMPLEALLOCATOR_EMPTY"),
          entry(0xC00D4E24, "MF_E_VIDEO_DEVICE_LOCKED"),
          entry(0xC00D5212, "MF_E_TOPO_CODEC_NOT_FOUND"),
          entry(0xC00D6D60, "MF_E_TRANSFORM_TYPE_NOT_SET"),
          entry(0xC00D6D72, "MF_E_TRANSFORM_NEED_MORE_INPUT"),
          entry(0xC00DABE0, "MF_E_NO_CAPTURE_DEVICES_AVAILABLE"),
          entry(0xC00DABE7, "MF_E_CAPTURE_SOURCE_NO_VIDEO_STREAM_PRESENT"),
          entry(0xC00DABED, "MF_E_UNSUPPORTED_CAPTURE_DEVICE_PRESENT"),
          entry(0x80070001, "ERROR_INVALID_FUNCTION"),
          entry(0x80070002, "ERROR_FILE_NOT_FOUND"),
          entry(0x80070003, "ERROR_PATH_NOT_FOUND"),
          entry(0x8007000A, "ERROR_BAD_ENVIRONMENT"),
          entry(0x8007000D, "ERROR_INVALID_DATA"),
          entry(0x8007001F, "ERROR_GEN_FAILURE"),
          entry(0x80070020, "ERROR_SHARING_VIOLATION"),
          entry(NOT_SUPPORTED, "ERROR_NOT_SUPPORTED"),
          entry(0x80070079, "ERROR_SEM_TIMEOUT"),
          entry(INSUFFICIENT_BUFFER, "ERROR_INSUFFICIENT_BUFFER"),
          entry(0x8007007B, "ERROR_INVALID_NAME"),
          entry(MOD_NOT_FOUND, "ERROR_MOD_NOT_FOUND"),
          entry(PROC_NOT_FOUND, "ERROR_PROC_NOT_FOUND"),
          entry(ALREADY_EXISTS, "ERROR_ALREADY_EXISTS"),
          entry(0x800700A1, "ERROR_BAD_PATHNAME"),
          entry(0x800700C1, "ERROR_BAD_EXE_FORMAT"),
          entry(0x800700CE, "ERROR_FILENAME_EXCED_RANGE"),
          entry(MORE_DATA, "ERROR_MORE_DATA"),
          entry(0x8007012A, "ERROR_TOO_MANY_POSTS"),
          entry(0x80070102, "WAIT_TIMEOUT"),
          entry(0x800701B1, "ERROR_NO_SUCH_DEVICE"),
          entry(0x80070422, "ERROR_SERVICE_DISABLED"),
          entry(0x8007048F, "ERROR_DEVICE_NOT_CONNECTED"),
          entry(NOT_FOUND, "ERROR_NOT_FOUND"),
          entry(0x80070491, "ERROR_NO_MATCH"),
          entry(SET_NOT_FOUND, "ERROR_SET_NOT_FOUND"),
          entry(CANCELLED, "ERROR_CANCELLED"),
          entry(REVISION_MISMATCH, "ERROR_REVISION_MISMATCH"),
          entry(0x800700AA, "ERROR_BUSY"),
          entry(0x800705AA, "ERROR_NO_SYSTEM_RESOURCES"),
          entry(0x800705B4, "ERROR_TIMEOUT"),
          entry(0x80070651, "ERROR_DEVICE_REMOVED"),
          entry(RPC_SERVER_UNAVAILABLE, "RPC_S_SERVER_UNAVAILABLE"),
          entry(RPC_CALL_FAILED, "RPC_S_CALL_FAILED"),
          entry(0x800706F8, "ERROR_INVALID_USER_BUFFER"),
          entry(0x80073D54, "APPMODEL_ERROR_NO_PACKAGE"),
          entry(0x80073D57, "APPMODEL_ERROR_NO_APPLICATION"),
          entry(WAIT_MIXED, "MFVCAM_E_WAIT_MIXED"),
          entry(CAMERA_LOST, "MFVCAM_E_CAMERA_LOST"),
          entry(ALREADY_OPEN, "MFVCAM_E_ALREADY_OPEN"),
          entry(PROVIDER_IN_USE, "MFVCAM_E_PROVIDER_IN_USE"),
          entry(0xA0040205, "MFVCAM_E_NO_OBJECT"),
          entry(READER_BUSY, "MFVCAM_E_READER_BUSY"),
          entry(SOURCE_TAKEN, "MFVCAM_E_SOURCE_TAKEN"),
          entry(SPENT, "MFVCAM_E_SPENT"));

  private HResults() {}

  /**
   * Returns a success code, or throws what a failure stands for.
   *
   * @param context what the message says of the object and the arguments; may be empty
   */
  static int check(String operation, int hresult, Object... context) {
    if (hresult >= 0) {
      return hresult;
    }
    throw exception(operation, hresult, context);
  }

  /** What a failure stands for. */
  static RuntimeException exception(String operation, int hresult, Object... context) {
    String advice = advice(operation, hresult);
    switch (hresult) {
      case WAIT_MIXED:
      case PROVIDER_IN_USE:
      case READER_BUSY:
      case SOURCE_TAKEN:
      case SPENT:
        return new IllegalStateException(
            message(operation, hresult, advice, context), failure(operation, hresult, ""));
      default:
        return failure(operation, hresult, advice, context);
    }
  }

  private static String message(String operation, int hresult, String advice, Object... context) {
    String where =
        Arrays.stream(context)
            .map(Object::toString)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    return operation
        + ": "
        + describe(hresult)
        + (advice.isEmpty() ? "" : ": " + advice)
        + (where.isEmpty() ? "" : " [" + where + "]");
  }

  /**
   * The exception for a code.
   *
   * @param advice what to do, or why; may be empty
   * @param context what the message says of the object and the arguments; may be empty
   */
  static VirtualCameraException failure(
      String operation, int hresult, String advice, Object... context) {
    String message = message(operation, hresult, advice, context);
    switch (hresult) {
      case E_ACCESSDENIED:
        return new CameraAccessDeniedException(operation, hresult, message);
      case MF_E_SHUTDOWN:
        return new CameraShutDownException(operation, hresult, message);
      case MF_E_END_OF_STREAM:
        return new CameraEndOfStreamException(operation, hresult, message);
      case CAMERA_LOST:
      case RPC_E_DISCONNECTED:
      case RPC_SERVER_UNAVAILABLE:
      case RPC_CALL_FAILED:
        return new CameraLostException(operation, hresult, message);
      case MOD_NOT_FOUND:
      case PROC_NOT_FOUND:
      case NOT_SUPPORTED:
        return asksForSupport(operation)
            ? new CameraUnsupportedException(operation, hresult, message)
            : new VirtualCameraException(operation, hresult, message);
      default:
        return new VirtualCameraException(operation, hresult, message);
    }
  }

  /** Such as "E_INVALIDARG (0x80070057)", or "0x80041234" for a code without a name here. */
  static String describe(int hresult) {
    String name = NAMES.get(hresult);
    return name == null ? hex(hresult) : name + " (" + hex(hresult) + ")";
  }

  /** Such as "E_INVALIDARG", or "0x80041234" for a code without a name here. */
  static String name(int hresult) {
    return NAMES.getOrDefault(hresult, hex(hresult));
  }

  private static String hex(int hresult) {
    return String.format(Locale.ROOT, "0x%08X", hresult);
  }

  private static boolean asksForSupport(String operation) {
    return operation.equals(CREATE_VIRTUAL_CAMERA) || operation.equals(IS_SUPPORTED);
  }

  /** What to do, or an empty text. */
  static String advice(String operation, int hresult) {
    switch (hresult) {
      case E_ACCESSDENIED:
        if (asksForSupport(operation)) {
          return "camera access is off in Windows' privacy settings, or the access or categories asked"
              + " for need an administrator";
        }
        if (operation.equals(START)) {
          return "the camera services cannot read the media source's DLL: put it under Program Files,"
              + " or let LOCAL SERVICE read and execute it; unblock it if it was downloaded";
        }
        if (operation.equals(ADD_PROPERTY) || operation.equals(ADD_REGISTRY_ENTRY)) {
          return "only an administrator may do this, and no packaged program";
        }
        if (operation.equals(STOP) || operation.equals(REMOVE)) {
          return "a camera of all users is an administrator's to stop and remove";
        }
        return "not allowed to this user";
      case E_HANDLE:
        return "a handle that is closed, or of another kind";
      case MF_E_SHUTDOWN:
        return "the object, or the camera it came from, has been shut down";
      case MOD_NOT_FOUND:
        return asksForSupport(operation)
            ? "needs Windows 11 (build 22000) with Media Foundation; editions N and KN have it after"
                + " the Media Feature Pack was installed"
                + OR_SIMULATOR
            : "a DLL is missing that the media source's DLL needs: link its C runtime statically";
      case PROC_NOT_FOUND:
        return asksForSupport(operation)
            ? "needs Windows 11 (build 22000); this is an older Windows, or Wine" + OR_SIMULATOR
            : "a function is missing that the media source's DLL needs";
      case NOT_SUPPORTED:
        return asksForSupport(operation)
            ? "this Windows has the functions, but says that it cannot make virtual cameras"
                + OR_SIMULATOR
            : "not supported by the camera";
      case CLASS_NOT_REGISTERED:
        return "the media source's class id is not registered in HKEY_LOCAL_MACHINE for this machine's"
            + " architecture: run regsvr32 (under Wine: wine regsvr32) on its DLL as an administrator;"
            + " HKEY_CURRENT_USER does not count";
      case 0x800401F9:
        return "the media source's DLL must export DllGetClassObject and DllCanUnloadNow, and its class"
            + " factory make an IMFActivate";
      case 0x800700C1:
        return "the media source's DLL is not for this machine's architecture";
      case SET_NOT_FOUND:
        return "the camera's media source does not know this "
            + asked(operation)
            + " set: is it the right camera, and does its media source support "
            + (operation.equals(SEND_CAMERA_PROPERTY) ? "properties?" : "KsEvent?");
      case 0x80070003:
      case 0x8007007B:
      case 0x800700A1:
        return operation.startsWith("Create") || operation.startsWith("Open")
            ? "a name may have a backslash only after Global or Local at its beginning"
            : "";
      case 0x800700CE:
        return "a name has at most 260 characters";
      case 0x8007000A:
        return "the environment variable MFVCAM_SIMULATOR_SWITCHES is wrong; stderr says how";
      case NOT_FOUND:
        if (operation.equals(GET_MEDIA_SOURCE)) {
          return "";
        }
        return "the camera's media source knows the set, but no "
            + asked(operation)
            + " of this id";
      case E_NOTIMPL:
      case E_NOINTERFACE:
        return "the camera's media source does not implement this";
      case MF_E_INVALIDREQUEST:
        if (AFTER_START.contains(operation)) {
          return "call start() first; the camera was not started, or was stopped or removed since";
        }
        return operation.equals(START)
            ? "if MF_DEVSOURCE_ATTRIBUTE_ENABLE_MS_CAMERA_EFFECTS is set: the camera does not offer"
                + " Windows' camera effects"
            : "not possible in this state";
      case MF_E_NOT_FOUND:
        return operation.equals(STOP) || operation.equals(REMOVE)
            ? "there is no such camera: it was not started, or is removed"
            : "";
      case MF_E_ATTRIBUTENOTFOUND:
        return "there is no such attribute; the symbolic link and the friendly name are there after"
            + " start()";
      case MF_E_INVALIDTYPE:
        return "the attribute is of another type";
      case 0x80070020:
        return "another program uses a physical camera that this one needs";
      case 0x80070422:
        return "the service \"Windows Camera Frame Server\" is disabled";
      case 0x800705AA:
        return operation.equals(CREATE_SYNC_EVENT) || operation.equals(CREATE_SYNC_SEMAPHORE)
            ? "the camera's media source takes no more sync objects: close those that are not needed"
            : "";
      case RPC_E_DISCONNECTED:
      case RPC_SERVER_UNAVAILABLE:
      case RPC_CALL_FAILED:
        return "the camera services died, perhaps of a mistake in the media source; start the camera"
            + " again, or close it and open another";
      case CAMERA_LOST:
        return "the camera services or the media source died, or the camera was stopped or removed; start"
            + " the camera again, or close it and open another, and then make anew what it had given";
      case MF_E_END_OF_STREAM:
        return "the camera has ended its stream, and no frame will come any more";
      case 0xC00D36B4:
        return "the camera does not offer this format";
      case 0xC00D3EA2:
        return "the camera was stopped or removed while it was in use";
      case 0xC00D3EA3:
        return "another program took the camera";
      case WAIT_MIXED:
        return (operation.equals(WAIT_ON_SIGNAL)
                ? "await, or another wait on the handle, was used on this event first"
                : "waitOnSignal was used on this event first")
            + ": use either await or waitOnSignal on one event, not both, because the camera may signal"
            + " only once";
      case ALREADY_OPEN:
        return "this process has a camera with the same parameters open, and Windows would silently"
            + " re-open that one: close it, or ask for it by reopen()";
      case PROVIDER_IN_USE:
        return "the platform can be chosen once, and only before the first use of virtual cameras";
      case 0xA0040205:
        return "success was reported, but no object given";
      case READER_BUSY:
        return "another thread is reading from this reader: one read at a time";
      case SOURCE_TAKEN:
        return "a media source serves one reader: get another from the camera";
      case SPENT:
        return "a ONESHOT event comes once, and a wait on this sync object has had it: create another";
      default:
        return "";
    }
  }

  /** What a media source was asked for. */
  private static String asked(String operation) {
    return operation.equals(SEND_CAMERA_PROPERTY) ? "property" : "event";
  }
}
