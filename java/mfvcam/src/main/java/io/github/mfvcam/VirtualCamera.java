package io.github.mfvcam;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.LongStream;

/**
 * A virtual camera of Windows 11 ({@code IMFVirtualCamera}).
 *
 * <pre>{@code
 * try (VirtualCamera camera = VirtualCamera.builder(MfvcamSource.CLASS_ID, "My camera").open();
 *     SyncEvent event = SyncEvent.autoReset()) {
 *   camera.start();
 *   KsEvent delivered = MfvcamSource.Event.FRAME_DELIVERED.ksEvent(KsEvent.Mode.ENABLE);
 *   try (CameraSyncObject frames = camera.createSyncEvent(delivered, event)) {
 *     while (frames.await(Duration.ofSeconds(5))) {
 *       // The camera has handed out a frame.
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Windows knows a camera by the parameters it is built with: the same parameters are the same
 * camera, also in another process.
 *
 * <p>Until {@link #start} the object is configuration only, and after {@link #remove} it is so
 * again. {@link #stop} ends the frames and keeps the rest. After {@link #shutdown} everything but
 * {@code shutdown}, {@code close}, {@code toString} and {@link #attributes} throws {@link
 * CameraShutDownException}, after {@link #close} {@link IllegalStateException}. A camera that is
 * lost ({@link CameraLostException}) stays so until {@link #start} succeeds; what had been made of
 * it stays ended.
 *
 * <p>Methods may be called from any thread. Closing the camera shuts its sync objects and media
 * sources down; it never removes a camera of {@link Lifetime#SYSTEM} from Windows.
 *
 * @since 0.1
 */
public final class VirtualCamera implements AutoCloseable {

  /** How long Windows keeps the camera. */
  public enum Lifetime {
    /** Until this object is shut down or closed, or the process ends. */
    SESSION(0),
    /** Across sessions and reboots, until {@link VirtualCamera#remove}. */
    SYSTEM(1);

    final int code;

    Lifetime(int code) {
      this.code = code;
    }
  }

  /** Who sees the camera. */
  public enum Access {
    /** The user who made it. */
    CURRENT_USER(0),
    /** Every user; only administrators can make such a camera. */
    ALL_USERS(1);

    final int code;

    Access(int code) {
      this.code = code;
    }
  }

  /** {@code MFVirtualCameraType_SoftwareCameraSource}, the only type there is. */
  private static final int SOFTWARE_CAMERA_SOURCE = 0;

  private final String name;
  private final String classId;
  private final NativeHandle handle;
  private final CameraAttributes attributes;
  private volatile boolean started; // by this object, and not stopped or removed since

  private VirtualCamera(String name, String classId, long handle) {
    this.name = name;
    this.classId = classId;
    this.handle = new NativeHandle(toString(), null, handle, MfVirtualCamera::release);
    attributes = new CameraAttributes(this.handle);
  }

  /**
   * Begins the description of a camera.
   *
   * @param classId the CLSID of the media source that makes the camera's frames, registered in
   *     HKEY_LOCAL_MACHINE; such as {@link MfvcamSource#CLASS_ID}
   * @param friendlyName what people see; Windows appends "Windows Virtual Camera"
   * @return a builder with the defaults {@link Lifetime#SESSION}, {@link Access#CURRENT_USER} and
   *     Windows' own categories
   * @throws IllegalArgumentException if the name is empty or contains a NUL character
   */
  public static Builder builder(UUID classId, String friendlyName) {
    return new Builder(classId, friendlyName);
  }

  /** The parameters of {@code MFCreateVirtualCamera}. Not for use by several threads at once. */
  public static final class Builder {
    private final UUID classId;
    private final String friendlyName;
    private Lifetime lifetime = Lifetime.SESSION;
    private Access access = Access.CURRENT_USER;
    private List<UUID> categories = List.of();
    private boolean reopen;

    private Builder(UUID classId, String friendlyName) {
      this.classId = requireNonNull(classId, "classId");
      requireNonNull(friendlyName, "friendlyName");
      checkArgument(!friendlyName.isEmpty(), "friendlyName is empty");
      checkArgument(friendlyName.indexOf('\0') < 0, "friendlyName contains a NUL character");
      this.friendlyName = friendlyName;
    }

    /**
     * How long Windows keeps the camera; {@link Lifetime#SESSION} unless set.
     *
     * @param lifetime the lifetime
     * @return this
     */
    public Builder lifetime(Lifetime lifetime) {
      this.lifetime = requireNonNull(lifetime, "lifetime");
      return this;
    }

    /**
     * Who sees the camera; {@link Access#CURRENT_USER} unless set.
     *
     * @param access the access
     * @return this
     */
    public Builder access(Access access) {
      this.access = requireNonNull(access, "access");
      return this;
    }

    /**
     * The device-interface categories to register the camera under. Unless set, or with none,
     * Windows takes KSCATEGORY_VIDEO_CAMERA, KSCATEGORY_VIDEO and KSCATEGORY_CAPTURE. Who is no
     * administrator may name these and KSCATEGORY_SENSOR_CAMERA only.
     *
     * @param categories the categories' GUIDs
     * @return this
     */
    public Builder categories(UUID... categories) {
      this.categories = List.of(requireNonNull(categories, "categories"));
      return this;
    }

    /**
     * Takes a camera that lives already: Windows knows a camera by these parameters, and the same
     * ones open the same camera again, be it of this process or of another, as one of {@link
     * Lifetime#SYSTEM} left by an earlier run. It is opened by {@link VirtualCamera#start} or
     * {@link VirtualCamera#stop}; until then the object is configuration only. {@link
     * VirtualCamera#remove} removes the camera itself. If there is none, {@code start} makes one.
     *
     * <p>When one object stops or removes the camera, it is lost for every other that was started.
     *
     * <p>Without this, {@link #open} refuses parameters that a live object of this process has,
     * which Windows would silently take for the same camera: closing either object of a {@link
     * Lifetime#SESSION} camera may then end both.
     *
     * @return this
     */
    public Builder reopen() {
      reopen = true;
      return this;
    }

    /**
     * Makes the camera object ({@code MFCreateVirtualCamera}). Other programs see the camera after
     * {@link VirtualCamera#start}, and only then it shows whether the class id is registered: a
     * wrong one opens all the same. A packaged program must not call this on its user-interface
     * thread: Windows may ask for consent there.
     *
     * @return the camera, to be closed
     * @throws CameraUnsupportedException if there are no virtual cameras here
     * @throws CameraAccessDeniedException if the privacy settings deny cameras, or a parameter
     *     needs an administrator
     * @throws VirtualCameraException if a live camera of this process has the same parameters and
     *     {@link #reopen} was not asked for ({@code MFVCAM_E_ALREADY_OPEN}), mfvcam.dll cannot be
     *     loaded, or with any other code
     */
    public VirtualCamera open() {
      NativeLibrary.load();
      long[] out = new long[1];
      HResults.check(
          HResults.CREATE_VIRTUAL_CAMERA,
          MfVirtualCamera.createVirtualCamera(
              SOFTWARE_CAMERA_SOURCE,
              lifetime.code,
              access.code,
              friendlyName,
              classId.getMostSignificantBits(),
              classId.getLeastSignificantBits(),
              categoryLongs(),
              reopen ? 1 : 0,
              out),
          "\"" + friendlyName + "\"",
          classIdText());
      return new VirtualCamera("\"" + friendlyName + "\"", classIdText(), out[0]);
    }

    private String classIdText() {
      return "class id {" + classId + "}";
    }

    private long[] categoryLongs() {
      if (categories.isEmpty()) {
        return null;
      }
      return categories.stream()
          .flatMapToLong(
              id -> LongStream.of(id.getMostSignificantBits(), id.getLeastSignificantBits()))
          .toArray();
    }
  }

  /** What becomes of the caller's reference to a COM object. */
  public enum ComReference {
    /** It is mfvcam's from now on, and the caller does not release it. */
    TAKE_OVER(0),
    /** It stays the caller's, and mfvcam adds one of its own. */
    ADD(1);

    final int flags;

    ComReference(int flags) {
      this.flags = flags;
    }
  }

  /**
   * A camera that code with COM bindings of its own has made. Two objects for one pointer are two
   * cameras to this library: the first to be closed or shut down does so for both, and the other
   * throws {@link CameraShutDownException} from then on.
   *
   * <p>This object hears of the camera's death, and its listeners of its events, after a {@link
   * #start} of its own only.
   *
   * @param comPointer an {@code IMFVirtualCamera}; a number that is no COM pointer may crash the
   *     process
   * @param reference what becomes of the caller's reference; after an exception it is the caller's
   * @return the camera, to be closed
   * @throws IllegalArgumentException if the pointer is 0
   * @throws VirtualCameraException if it is no {@code IMFVirtualCamera} ({@code E_NOINTERFACE}),
   *     mfvcam.dll cannot be loaded, or with any other code
   */
  public static VirtualCamera fromNative(long comPointer, ComReference reference) {
    requireNonNull(reference, "reference");
    checkArgument(comPointer != 0, "comPointer is 0");
    NativeLibrary.load();
    long[] out = new long[1];
    HResults.check(
        "IUnknown::QueryInterface", MfVirtualCamera.fromNative(comPointer, reference.flags, out));
    return new VirtualCamera(String.format(Locale.ROOT, "at 0x%X", comPointer), "", out[0]);
  }

  /**
   * The camera's attributes ({@code IMFAttributes}): what it tells its media source, and after
   * {@link #start} what Windows tells of it.
   *
   * @return the attributes, which live as long as this; after {@link #shutdown} all that they do is
   *     to throw {@link CameraShutDownException}
   * @throws IllegalStateException if this is closed
   */
  public CameraAttributes attributes() {
    handle.requireOpen("IMFAttributes");
    return attributes;
  }

  /**
   * Says that the camera needs exclusive control of a physical camera, which is in use then for
   * programs that want it for themselves ({@code IMFVirtualCamera::AddDeviceSourceInfo}). To be
   * called once for each physical camera, and before {@link #start}: what Windows answers after it
   * is undocumented.
   *
   * @param symbolicLink the physical camera's symbolic link
   * @throws IllegalArgumentException if {@code symbolicLink} contains a NUL character
   * @throws IllegalStateException if this is closed
   * @throws CameraShutDownException if this was shut down
   * @throws VirtualCameraException if {@code symbolicLink} is empty ({@code E_INVALIDARG}), or with
   *     any other code
   */
  public void addDeviceSourceInfo(String symbolicLink) {
    NativeBytes.checkText("symbolicLink", symbolicLink);
    handle.call(
        "IMFVirtualCamera::AddDeviceSourceInfo",
        "\"" + symbolicLink + "\"",
        camera -> MfVirtualCamera.addDeviceSourceInfo(camera, symbolicLink));
  }

  /**
   * Gives the camera's device interface a property, for programs that look at it through PnP
   * ({@code IMFVirtualCamera::AddProperty}). To be called before {@link #start}: what Windows
   * answers after it is undocumented. For administrators only, and not for packaged programs.
   *
   * @param key the property's key
   * @param value its value
   * @throws IllegalStateException if this is closed
   * @throws CameraAccessDeniedException if the program does not run as an administrator
   * @throws CameraShutDownException if this was shut down
   * @throws VirtualCameraException if the value is empty or of the type EMPTY, NULL or one that
   *     Windows does not know ({@code E_INVALIDARG}), or with any other code
   */
  public void addProperty(DevicePropertyKey key, DevicePropertyValue value) {
    requireNonNull(key, "key");
    requireNonNull(value, "value");
    handle.call(
        HResults.ADD_PROPERTY,
        key + " = " + value,
        camera ->
            MfVirtualCamera.addProperty(
                camera,
                key.format().getMostSignificantBits(),
                key.format().getLeastSignificantBits(),
                key.id(),
                value.type(),
                value.bytes()));
  }

  /**
   * Gives the registry key of the camera's device interface a value ({@code
   * IMFVirtualCamera::AddRegistryEntry}). To be called before {@link #start}: what Windows answers
   * after it is undocumented. For administrators only, and not for packaged programs.
   *
   * @param name the value's name
   * @param subkey the path of a key below, or null for the key of the device interface itself
   * @param value the value
   * @throws IllegalArgumentException if {@code name} or {@code subkey} contains a NUL character
   * @throws IllegalStateException if this is closed
   * @throws CameraAccessDeniedException if the program does not run as an administrator
   * @throws CameraShutDownException if this was shut down
   * @throws VirtualCameraException if the value is of the type REG_NONE or one that Windows does
   *     not know ({@code E_INVALIDARG}), or with any other code
   */
  public void addRegistryEntry(String name, String subkey, RegistryValue value) {
    NativeBytes.checkText("name", name);
    if (subkey != null) {
      NativeBytes.checkText("subkey", subkey);
    }
    requireNonNull(value, "value");
    handle.call(
        HResults.ADD_REGISTRY_ENTRY,
        (subkey == null ? "" : subkey + "\\") + name + " = " + value,
        camera ->
            MfVirtualCamera.addRegistryEntry(camera, name, subkey, value.type(), value.bytes()));
  }

  /**
   * Registers the camera with Windows, so that programs can find it ({@code
   * IMFVirtualCamera::Start}). May take seconds. Enables a camera that was stopped, and makes one
   * that was removed or lost anew; changes nothing of one that runs.
   *
   * @throws IllegalStateException if this is closed
   * @throws CameraAccessDeniedException if the camera services cannot read the media source's DLL
   * @throws CameraShutDownException if this was shut down
   * @throws CameraLostException if the camera services died, perhaps of the media source
   * @throws VirtualCameraException if the class id is not registered ({@code REGDB_E_CLASSNOTREG}),
   *     or with any other code
   */
  public void start() {
    handle.call(HResults.START, classId, MfVirtualCamera::start);
    started = true;
  }

  /**
   * As {@link #start()}, and has a listener told of the camera's events, those during the start
   * included. Each call adds a listener, also on a camera that was started before; all hear every
   * event, however many starts there were. {@link #start()} adds none and removes none.
   *
   * <p>The executor runs one call at a time and in order, so listeners of the same camera do not
   * hold each other up. An executor that runs tasks at once on the thread that brings them, such as
   * {@code Runnable::run}, has the listener hold up all others of the process. One that rejects a
   * task ends the registration, which is logged as an error by the {@link System.Logger}
   * "io.github.mfvcam". Events wait for a slow listener, however many.
   *
   * <p>Until the registration is closed, or the camera closed, shut down or lost, the listener and
   * the camera stay alive, even if nobody else holds them: to forget a camera with a listener is
   * not to close it. After {@link #stop} it hears of the next start. After {@link #remove}, which
   * ends all listeners, a new one hears of what comes when the camera runs again.
   *
   * @param listener who is told
   * @param executor what calls the listener
   * @return the registration, by which to stop it; the camera is not stopped by that
   * @throws IllegalStateException if this is closed
   * @throws CameraAccessDeniedException as {@link #start()}; whatever is thrown, the listener is
   *     not registered
   * @throws CameraShutDownException as {@link #start()}
   * @throws CameraLostException as {@link #start()}
   * @throws VirtualCameraException as {@link #start()}
   */
  public Registration start(CameraListener listener, Executor executor) {
    CameraRegistration registration = new CameraRegistration(this, listener, executor);
    registration.begin(handle, HResults.START, MfVirtualCamera::watchCamera);
    boolean succeeded = false;
    try {
      start();
      succeeded = true;
      return registration;
    } finally {
      if (!succeeded) {
        registration.close();
      }
    }
  }

  /** Why a watch ended. */
  RuntimeException failure(int hresult) {
    return handle.failure("IMFVirtualCamera", hresult, "");
  }

  /**
   * The camera's symbolic link, by which other programs and {@code MFCreateDeviceSource} know it
   * ({@code MF_DEVSOURCE_ATTRIBUTE_SOURCE_TYPE_VIDCAP_SYMBOLIC_LINK}).
   *
   * @return the link, or nothing before the first {@link #start}
   * @throws IllegalStateException if this is closed
   * @throws CameraShutDownException if this was shut down
   * @throws VirtualCameraException with any other code
   */
  public Optional<String> symbolicLink() {
    return findString(CameraAttributes.SYMBOLIC_LINK);
  }

  /**
   * The name that people see, with what Windows has appended to the one it was built with ({@code
   * MF_DEVSOURCE_ATTRIBUTE_FRIENDLY_NAME}).
   *
   * @return the name, or nothing before the first {@link #start}
   * @throws IllegalStateException if this is closed
   * @throws CameraShutDownException if this was shut down
   * @throws VirtualCameraException with any other code
   */
  public Optional<String> friendlyName() {
    return findString(CameraAttributes.FRIENDLY_NAME);
  }

  private Optional<String> findString(UUID key) {
    String[] out = new String[1];
    handle.call(
        "IMFAttributes::GetString",
        camera ->
            MfVirtualCamera.getString(
                camera, key.getMostSignificantBits(), key.getLeastSignificantBits(), out),
        HResults.MF_E_ATTRIBUTENOTFOUND);
    return Optional.ofNullable(out[0]);
  }

  /**
   * Disables the camera: programs cannot find it any more, and those that use it lose it. Windows
   * still knows it; {@link #start} enables it again ({@code IMFVirtualCamera::Stop}).
   *
   * <p>Readers end. Sync objects live on, and waits on them go on, though nothing signals them
   * while the camera is stopped: the next {@link #start} registers them again.
   *
   * @throws IllegalStateException if this is closed
   * @throws CameraAccessDeniedException if this user may not end a camera of all users
   * @throws CameraShutDownException if this was shut down
   * @throws VirtualCameraException if there is no such camera, because it was not started or is
   *     removed (a code that Windows leaves undocumented, {@code MF_E_NOT_FOUND} in the simulator),
   *     or with any other code
   */
  public void stop() {
    handle.call(HResults.STOP, MfVirtualCamera::stop);
    started = false;
  }

  /**
   * Removes the camera from Windows, with all that was stored of it ({@code
   * IMFVirtualCamera::Remove}). Neither this nor {@link #shutdown} calls the other.
   *
   * <p>The camera's sync objects and readers end for good, whether it was stopped before or not:
   * waits and reads throw {@link CameraLostException}; reads of a reader that a stop had ended say
   * that it was stopped. Listeners are told of the end. This object does not end: after another
   * {@link #start} it makes new ones that work.
   *
   * @throws IllegalStateException if this is closed
   * @throws CameraAccessDeniedException if this user may not end a camera of all users
   * @throws CameraShutDownException if this was shut down
   * @throws VirtualCameraException as {@link #stop}
   */
  public void remove() {
    handle.call(HResults.REMOVE, MfVirtualCamera::remove);
    started = false;
  }

  /** What messages say of a call that needs a running camera. */
  private Object details(String arguments) {
    return new Object() {
      @Override
      public String toString() {
        String hint = started ? "" : "not started by this object";
        return arguments.isEmpty() || hint.isEmpty() ? arguments + hint : arguments + ", " + hint;
      }
    };
  }

  /**
   * Asks the camera to signal an event of this process ({@code IMFVirtualCamera::CreateSyncEvent}).
   * The camera's media source gets the request as {@code IKsControl::KsEvent}. The camera must have
   * been started.
   *
   * @param ksEvent what to be told of, and how often
   * @param event what to signal; it stays the caller's, and may be closed at any time
   * @return the sync object to wait on, to be closed
   * @throws IllegalStateException if this or {@code event} is closed
   * @throws CameraShutDownException if this was shut down
   * @throws CameraLostException if the camera services died, or the camera was removed and not
   *     started since
   * @throws VirtualCameraException if the media source has no such event ({@code
   *     ERROR_SET_NOT_FOUND}, {@code ERROR_NOT_FOUND}), {@code event} borrows no event ({@code
   *     E_HANDLE}), the camera is not started (a code that Windows leaves undocumented, {@code
   *     MF_E_INVALIDREQUEST} in the simulator), or with any other code of the media source
   */
  public CameraSyncObject createSyncEvent(KsEvent ksEvent, SyncEvent event) {
    requireNonNull(ksEvent, "ksEvent");
    requireNonNull(event, "event");
    long[] out = new long[1];
    handle.call(
        HResults.CREATE_SYNC_EVENT,
        details(ksEvent + ", " + event),
        camera ->
            event.use(
                eventHandle ->
                    MfVirtualCamera.createSyncEvent(
                        camera,
                        ksEvent.set().getMostSignificantBits(),
                        ksEvent.set().getLeastSignificantBits(),
                        ksEvent.id(),
                        ksEvent.mode().flags,
                        eventHandle,
                        out)));
    return new CameraSyncObject(handle, ksEvent, event, out[0]);
  }

  /**
   * Asks the camera to release a semaphore of this process ({@code
   * IMFVirtualCamera::CreateSyncSemaphore}), which counts the signals that an auto-reset event
   * takes for one. The camera's media source gets the request as {@code IKsControl::KsEvent}. The
   * camera must have been started.
   *
   * @param ksEvent what to be told of, and how often
   * @param semaphore what to release; it stays the caller's, and may be closed at any time
   * @param adjustment what to add to its count each time, 1 or more: so many waits end. What would
   *     exceed the semaphore's maximum is lost
   * @return the sync object to wait on, to be closed
   * @throws IllegalArgumentException if {@code adjustment} is not positive, or is more than the
   *     maximum of a semaphore that this process has created
   * @throws IllegalStateException if this or {@code semaphore} is closed
   * @throws CameraShutDownException if this was shut down
   * @throws CameraLostException as {@link #createSyncEvent}
   * @throws VirtualCameraException if the media source has no such event ({@code
   *     ERROR_SET_NOT_FOUND}, {@code ERROR_NOT_FOUND}), {@code semaphore} borrows no semaphore
   *     ({@code E_HANDLE}), the camera is not started ({@code MF_E_INVALIDREQUEST} in the
   *     simulator), or with any other code of the media source
   */
  public CameraSyncObject createSyncSemaphore(
      KsEvent ksEvent, SyncSemaphore semaphore, int adjustment) {
    requireNonNull(ksEvent, "ksEvent");
    requireNonNull(semaphore, "semaphore");
    semaphore.checkAdjustment(adjustment);
    long[] out = new long[1];
    handle.call(
        HResults.CREATE_SYNC_SEMAPHORE,
        details(ksEvent + ", " + semaphore + ", adjustment " + adjustment),
        camera ->
            semaphore.use(
                semaphoreHandle ->
                    MfVirtualCamera.createSyncSemaphore(
                        camera,
                        ksEvent.set().getMostSignificantBits(),
                        ksEvent.set().getLeastSignificantBits(),
                        ksEvent.id(),
                        ksEvent.mode().flags,
                        semaphoreHandle,
                        adjustment,
                        out)));
    return new CameraSyncObject(handle, ksEvent, semaphore, out[0]);
  }

  /**
   * Reads a property of the media source ({@code IMFVirtualCamera::SendCameraProperty} with GET).
   * Asks for its size first. The camera must have been started.
   *
   * @param property the property
   * @return its value
   * @throws IllegalStateException if this is closed
   * @throws CameraShutDownException if this was shut down
   * @throws VirtualCameraException if the media source has no such property ({@code
   *     ERROR_SET_NOT_FOUND}, {@code ERROR_NOT_FOUND}), the camera is not started (a code that
   *     Windows leaves undocumented, {@code MF_E_INVALIDREQUEST} in the simulator), or with any
   *     other code of the media source
   */
  public byte[] getProperty(KsProperty property) {
    long[] needed = new long[1];
    byte[] value = new byte[0];
    // Until it fits: the size may have grown since it was asked for.
    while (isTooSmall(send(property, KsProperty.Request.GET, new byte[0], value, needed))) {
      checkArraySize(needed[0], value.length);
      value = new byte[(int) needed[0]];
    }
    return Arrays.copyOf(value, (int) Math.min(needed[0], value.length));
  }

  private static boolean isTooSmall(int hresult) {
    return hresult == HResults.MORE_DATA || hresult == HResults.INSUFFICIENT_BUFFER;
  }

  private static void checkArraySize(long needed, int tried) {
    if (needed <= tried || needed > Integer.MAX_VALUE - 8) {
      throw HResults.failure(
          HResults.SEND_CAMERA_PROPERTY,
          HResults.INSUFFICIENT_BUFFER,
          "the media source asks for " + needed + " bytes after it was given " + tried);
    }
  }

  /**
   * Writes a property of the media source ({@code IMFVirtualCamera::SendCameraProperty} with SET).
   * The camera must have been started.
   *
   * @param property the property
   * @param value its new value
   * @throws IllegalStateException if this is closed
   * @throws CameraShutDownException if this was shut down
   * @throws VirtualCameraException if the media source has no such property ({@code
   *     ERROR_SET_NOT_FOUND}, {@code ERROR_NOT_FOUND}), the camera is not started (a code that
   *     Windows leaves undocumented, {@code MF_E_INVALIDREQUEST} in the simulator), or with any
   *     other code of the media source
   */
  public void setProperty(KsProperty property, byte[] value) {
    requireNonNull(value, "value");
    sendProperty(property, KsProperty.Request.SET, new byte[0], value);
  }

  /**
   * Sends a property request as it is to the media source ({@code
   * IMFVirtualCamera::SendCameraProperty}, {@code IKsControl::KsProperty}). The camera must have
   * been started.
   *
   * @param property the property
   * @param request what is asked of it
   * @param payload what follows the {@code KSPROPERTY}; may be empty; the media source may change
   *     it
   * @param data the property's value, in or out; may be empty
   * @return the bytes of {@code data} that the media source wrote
   * @throws IllegalStateException if this is closed
   * @throws CameraShutDownException if this was shut down
   * @throws VirtualCameraException if {@code data} is too small ({@code ERROR_MORE_DATA} if empty,
   *     else {@code ERROR_INSUFFICIENT_BUFFER}), the camera is not started ({@code
   *     MF_E_INVALIDREQUEST} in the simulator), or with any other code of the media source
   */
  public int sendProperty(
      KsProperty property, KsProperty.Request request, byte[] payload, byte[] data) {
    long[] written = new long[1];
    HResults.check(
        HResults.SEND_CAMERA_PROPERTY,
        send(property, request, payload, data, written),
        handle,
        details(property.toString()));
    return (int) Math.min(written[0], data.length);
  }

  /** Returns the code of success, or one that says that {@code data} is too small. */
  private int send(
      KsProperty property,
      KsProperty.Request request,
      byte[] payload,
      byte[] data,
      long[] written) {
    requireNonNull(property, "property");
    requireNonNull(request, "request");
    requireNonNull(payload, "payload");
    requireNonNull(data, "data");
    return handle.call(
        HResults.SEND_CAMERA_PROPERTY,
        details(property.toString()),
        camera ->
            MfVirtualCamera.sendCameraProperty(
                camera,
                property.set().getMostSignificantBits(),
                property.set().getLeastSignificantBits(),
                property.id(),
                request.flags,
                payload.length == 0 ? null : payload,
                data.length == 0 ? null : data,
                written),
        HResults.MORE_DATA,
        HResults.INSUFFICIENT_BUFFER);
  }

  /**
   * A view of the camera's frames for this process ({@code IMFVirtualCamera::GetMediaSource}). The
   * camera must have been started. It ends when the camera is stopped, removed, shut down or
   * closed; a camera that starts again gives another.
   *
   * @return the media source, to be closed
   * @throws IllegalStateException if this is closed
   * @throws CameraShutDownException if this was shut down
   * @throws CameraLostException if the camera services died
   * @throws VirtualCameraException with any other code; which one before {@link #start}, Windows
   *     leaves undocumented ({@code MF_E_INVALIDREQUEST} in the simulator)
   */
  public MediaSource getMediaSource() {
    long[] out = new long[1];
    handle.call(
        HResults.GET_MEDIA_SOURCE,
        details(""),
        camera -> MfVirtualCamera.getMediaSource(camera, out));
    return new MediaSource(handle, out[0]);
  }

  /**
   * The {@code IMFVirtualCamera} behind this, for code with COM bindings of its own. This object
   * shuts it down for everybody.
   *
   * @return the pointer, with a reference added, which the caller releases, by {@code
   *     IUnknown::Release} or {@link MfVirtualCamera#releaseComPointer}
   * @throws IllegalStateException if this is closed
   * @throws CameraShutDownException if this was shut down
   * @throws VirtualCameraException with any other code
   */
  public long comPointer() {
    return handle.comPointer();
  }

  /**
   * Ends the camera, its sync objects and media sources, and all waits on them, but keeps this
   * object ({@code IMFVirtualCamera::Shutdown}). May be called twice, and before {@link #start}.
   * {@link #close} does it, too.
   *
   * @throws IllegalStateException if this is closed
   */
  public void shutdown() {
    handle.call("IMFVirtualCamera::Shutdown", MfVirtualCamera::shutdown);
  }

  /**
   * Shuts the camera down and releases it, once, in whichever state it is. Calls of other threads
   * end, and are not waited for; listeners are told. What came from the camera is still to be
   * closed.
   */
  @Override
  public void close() {
    handle.close();
  }

  @Override
  public String toString() {
    return "VirtualCamera " + name;
  }
}
