package io.github.mfvcam.jni;

import java.nio.ByteBuffer;

/**
 * The flat API: mfvcam.dll function by function, on primitives, for code that keeps {@code long}
 * handles of its own. New code uses {@link io.github.mfvcam}, which does nothing that cannot be
 * done here.
 *
 * <p>Every {@code int} returned is an HRESULT: 0 ({@code S_OK}) or another value that is not
 * negative is success, a negative one failure. Results go to {@code out}, which is cleared first. A
 * handle is a number that stands for an object of mfvcam's; a stale, closed or foreign one, or one
 * of another kind than the method wants, gives {@code E_HANDLE} (0x80070006) and does no harm. An
 * <em>event handle</em> is a Win32 HANDLE and has no such protection. A GUID is two longs, as in
 * {@link java.util.UUID#getMostSignificantBits()} and {@link
 * java.util.UUID#getLeastSignificantBits()}.
 *
 * <p>Any thread may call any method at any time. Exceptions are thrown for what Java itself sees
 * and nothing else: {@link NullPointerException} for a null where none is allowed, {@link
 * IllegalArgumentException} for an array that is too short or a buffer that is not direct. The
 * documentation of each function, its codes and the COM method behind it are in {@code mfvcam.h},
 * under the name in the brackets.
 *
 * <p>The class loads nothing by itself: mfvcam.dll must have been loaded by a class of the same
 * class loader, which {@link io.github.mfvcam.VirtualCameras#load()} does. Beyond that, code that
 * keeps longs needs nothing else of this library:
 *
 * <pre>{@code
 * long[] out = new long[1];
 * check(MfVirtualCamera.createVirtualCamera(0, 0, 0, "Name", idHigh, idLow, null, 0, out));
 * long camera = out[0];
 * check(MfVirtualCamera.start(camera));
 * check(MfVirtualCamera.createSyncEvent(camera, setHigh, setLow, 0, 1, eventHandle, out));
 * long syncObject = out[0];
 * int result = MfVirtualCamera.await(syncObject, 5000, 0); // 0 signalled, 1 timed out
 * MfVirtualCamera.release(syncObject); // in any order, from any thread
 * MfVirtualCamera.release(camera);
 * }</pre>
 *
 * <p>Who receives a handle owns it, and gives it back once, by {@link #release}; nothing here is
 * released by garbage collection. Handles are those of {@code mfvcam.h}, so that native code linked
 * to the same mfvcam.dll takes and gives them, too. To share a camera with the typed classes, pass
 * its COM pointer: {@link io.github.mfvcam.VirtualCamera#comPointer()} adds a reference that {@link
 * #fromNative} takes over, and {@link #getComPointer} one that {@link
 * io.github.mfvcam.VirtualCamera#fromNative} takes over. The first to shut it down does so for
 * both.
 *
 * <p>A class of other code's may have these functions as its own natives ({@code
 * mfvcam_register_natives} in {@code mfvcam_jni.h}); native/MIGRATION.md says which call of old
 * bindings becomes which of these.
 */
public final class MfVirtualCamera {
  private MfVirtualCamera() {}

  // ---- Library ----

  /**
   * The build id of the loaded DLL ({@code mfvcam_build_id}).
   *
   * @return hexadecimal digits
   */
  public static native String buildId();

  /**
   * The natives that the DLL registered, each as name and JNI signature, such as {@code start(J)I}:
   * a test holds them against this class.
   *
   * @return the natives
   */
  public static native String[] registeredNatives();

  /**
   * Takes the virtual-camera functions from the DLL at this full path instead of Windows'
   * mfsensorgroup.dll; before their first use only ({@code mfvcam_use_provider}).
   *
   * @param path the DLL's full path
   * @return an HRESULT
   */
  public static native int useProvider(String path);

  /**
   * {@code S_OK} if virtual cameras can be made here, else why not ({@code mfvcam_is_supported}).
   *
   * @return an HRESULT
   */
  public static native int isSupported();

  /**
   * The clock of frames and signals, in units of 100 ns ({@code mfvcam_system_time}).
   *
   * @return the time now
   */
  public static native long systemTime();

  /**
   * The machine's own architecture, for which the camera services and their media sources are built
   * ({@code mfvcam_native_machine}).
   *
   * @return an {@code IMAGE_FILE_MACHINE_} constant, such as 0x8664 for x64, or 0
   */
  public static native int nativeMachine();

  /**
   * Counts live objects ({@code mfvcam_get_ledger}).
   *
   * @param out at least 8: cameras, sync objects, media sources, readers, watches, queues, kernel
   *     handles, calls in progress
   * @return an HRESULT
   */
  public static native int ledger(long[] out);

  // ---- Lifetimes ----

  /**
   * Ends a camera or a sync object; its handle is still to be released ({@code mfvcam_shutdown}).
   *
   * @param handle the camera's or sync object's
   * @return an HRESULT
   */
  public static native int shutdown(long handle);

  /**
   * Gives a handle back, after shutting its object down if that was not done ({@code
   * mfvcam_release}).
   *
   * @param handle any that was received here
   * @return an HRESULT
   */
  public static native int release(long handle);

  /**
   * As {@link #release}, on a native thread: for cleaners ({@code mfvcam_release_later}).
   *
   * @param handle as {@link #release}
   * @return an HRESULT
   */
  public static native int releaseLater(long handle);

  // ---- Plain COM ----

  /**
   * The COM pointer behind a camera, sync object or media source, with a reference that the caller
   * releases ({@code mfvcam_get_com_pointer}).
   *
   * @param handle the object's
   * @param out at least 1: the pointer
   * @return an HRESULT
   */
  public static native int getComPointer(long handle, long[] out);

  /**
   * {@code IUnknown::Release} ({@code mfvcam_release_com_pointer}). Like every use of a pointer
   * that is gone, once too often may crash the process.
   *
   * @param comPointer the COM pointer
   * @return an HRESULT
   */
  public static native int releaseComPointer(long comPointer);

  /**
   * A handle for an {@code IMFVirtualCamera} of other code's making ({@code mfvcam_from_native}). A
   * number that is no such pointer may crash the process.
   *
   * @param comPointer the {@code IMFVirtualCamera}
   * @param flags 0 to take the caller's reference over, 1 to add one
   * @param out at least 1: the camera's handle
   * @return an HRESULT
   */
  public static native int fromNative(long comPointer, int flags, long[] out);

  // ---- Camera ----

  /**
   * {@code MFCreateVirtualCamera} ({@code mfvcam_create_virtual_camera}).
   *
   * @param type 0, software camera source
   * @param lifetime 0 session, 1 system
   * @param access 0 current user, 1 all users
   * @param friendlyName what people see; Windows appends its own suffix
   * @param sourceIdHigh the media source's class id, upper half
   * @param sourceIdLow lower half
   * @param categories pairs of longs, each a device-interface category; null for Windows' default
   *     set
   * @param flags 0, or 1 to allow a second live camera with equal parameters
   * @param out at least 1: the camera's handle
   * @return an HRESULT
   */
  public static native int createVirtualCamera(
      int type,
      int lifetime,
      int access,
      String friendlyName,
      long sourceIdHigh,
      long sourceIdLow,
      long[] categories,
      int flags,
      long[] out);

  /**
   * {@code IMFVirtualCamera::AddDeviceSourceInfo} ({@code mfvcam_add_device_source_info}).
   *
   * @param camera the camera's handle
   * @param symbolicLink the physical camera's symbolic link
   * @return an HRESULT
   */
  public static native int addDeviceSourceInfo(long camera, String symbolicLink);

  /**
   * {@code IMFVirtualCamera::AddProperty} ({@code mfvcam_add_property}).
   *
   * @param camera the camera's handle
   * @param formatHigh the key's category, upper half
   * @param formatLow lower half
   * @param id the property within the category, an unsigned number
   * @param type a {@code DEVPROP_TYPE}
   * @param data the value; a string's with its terminator
   * @return an HRESULT
   */
  public static native int addProperty(
      long camera, long formatHigh, long formatLow, int id, int type, byte[] data);

  /**
   * {@code IMFVirtualCamera::AddRegistryEntry} ({@code mfvcam_add_registry_entry}).
   *
   * @param camera the camera's handle
   * @param name the value's name
   * @param subkey null for the key of the device interface itself
   * @param type a {@code REG_} type
   * @param data the value; texts with their terminator
   * @return an HRESULT
   */
  public static native int addRegistryEntry(
      long camera, String name, String subkey, int type, byte[] data);

  /**
   * {@code IMFVirtualCamera::Start} ({@code mfvcam_start}).
   *
   * @param camera the camera's handle
   * @return an HRESULT
   */
  public static native int start(long camera);

  /**
   * {@code IMFVirtualCamera::Stop} ({@code mfvcam_stop}).
   *
   * @param camera the camera's handle
   * @return an HRESULT
   */
  public static native int stop(long camera);

  /**
   * {@code IMFVirtualCamera::Remove} ({@code mfvcam_remove}).
   *
   * @param camera the camera's handle
   * @return an HRESULT
   */
  public static native int remove(long camera);

  /**
   * {@code IMFVirtualCamera::GetMediaSource} ({@code mfvcam_get_media_source}).
   *
   * @param camera the camera's handle
   * @param out at least 1: the media source's handle
   * @return an HRESULT
   */
  public static native int getMediaSource(long camera, long[] out);

  /**
   * {@code IMFVirtualCamera::SendCameraProperty} ({@code mfvcam_send_camera_property}).
   *
   * @param camera the camera's handle
   * @param setHigh the set's GUID, upper half
   * @param setLow lower half
   * @param id the property within the set, an unsigned number
   * @param flags 1 GET, 2 SET, 0x200 BASICSUPPORT or 0x10000 DEFAULTVALUES
   * @param payload appended to the KSPROPERTY; null for none; what the camera changes in it comes
   *     back
   * @param data the property's value, in or out; null for none
   * @param out at least 1: bytes written, or bytes needed if the code says that {@code data} was
   *     absent or too small
   * @return an HRESULT
   */
  public static native int sendCameraProperty(
      long camera,
      long setHigh,
      long setLow,
      int id,
      int flags,
      byte[] payload,
      byte[] data,
      long[] out);

  // ---- Attributes (IMFAttributes) ----

  /**
   * {@code IMFAttributes::GetItemType} ({@code mfvcam_get_item_type}).
   *
   * @param camera the camera's handle
   * @param keyHigh the attribute's GUID, upper half
   * @param keyLow lower half
   * @param out at least 1: an {@code MF_ATTRIBUTE_TYPE}: UINT32 19, UINT64 21, DOUBLE 5, GUID 72,
   *     STRING 31, BLOB 0x1011, IUNKNOWN 13
   * @return an HRESULT
   */
  public static native int getItemType(long camera, long keyHigh, long keyLow, long[] out);

  /**
   * {@code IMFAttributes::GetUINT32} ({@code mfvcam_get_uint32}).
   *
   * @param camera the camera's handle
   * @param keyHigh the attribute's GUID, upper half
   * @param keyLow lower half
   * @param out at least 1: the value, 0 to 4294967295
   * @return an HRESULT
   */
  public static native int getUINT32(long camera, long keyHigh, long keyLow, long[] out);

  /**
   * {@code IMFAttributes::GetUINT64} ({@code mfvcam_get_uint64}).
   *
   * @param camera the camera's handle
   * @param keyHigh the attribute's GUID, upper half
   * @param keyLow lower half
   * @param out at least 1: the value, an unsigned number
   * @return an HRESULT
   */
  public static native int getUINT64(long camera, long keyHigh, long keyLow, long[] out);

  /**
   * {@code IMFAttributes::GetDouble} ({@code mfvcam_get_double}).
   *
   * @param camera the camera's handle
   * @param keyHigh the attribute's GUID, upper half
   * @param keyLow lower half
   * @param out at least 1: the value, for {@link Double#longBitsToDouble}
   * @return an HRESULT
   */
  public static native int getDouble(long camera, long keyHigh, long keyLow, long[] out);

  /**
   * {@code IMFAttributes::GetGUID} ({@code mfvcam_get_guid}).
   *
   * @param camera the camera's handle
   * @param keyHigh the attribute's GUID, upper half
   * @param keyLow lower half
   * @param out at least 2: the value
   * @return an HRESULT
   */
  public static native int getGUID(long camera, long keyHigh, long keyLow, long[] out);

  /**
   * {@code IMFAttributes::GetString} ({@code mfvcam_get_string}).
   *
   * @param camera the camera's handle
   * @param keyHigh the attribute's GUID, upper half
   * @param keyLow lower half
   * @param out at least 1: the value
   * @return an HRESULT
   */
  public static native int getString(long camera, long keyHigh, long keyLow, String[] out);

  /**
   * {@code IMFAttributes::GetBlob} ({@code mfvcam_get_blob}).
   *
   * @param camera the camera's handle
   * @param keyHigh the attribute's GUID, upper half
   * @param keyLow lower half
   * @param out at least 1: the value
   * @return an HRESULT
   */
  public static native int getBlob(long camera, long keyHigh, long keyLow, byte[][] out);

  /**
   * {@code IMFAttributes::SetUINT32}, of an unsigned number ({@code mfvcam_set_uint32}).
   *
   * @param camera the camera's handle
   * @param keyHigh the attribute's GUID, upper half
   * @param keyLow lower half
   * @param value the value's bits
   * @return an HRESULT
   */
  public static native int setUINT32(long camera, long keyHigh, long keyLow, int value);

  /**
   * {@code IMFAttributes::SetUINT64}, of an unsigned number ({@code mfvcam_set_uint64}).
   *
   * @param camera the camera's handle
   * @param keyHigh the attribute's GUID, upper half
   * @param keyLow lower half
   * @param value the value's bits
   * @return an HRESULT
   */
  public static native int setUINT64(long camera, long keyHigh, long keyLow, long value);

  /**
   * {@code IMFAttributes::SetDouble} ({@code mfvcam_set_double}).
   *
   * @param camera the camera's handle
   * @param keyHigh the attribute's GUID, upper half
   * @param keyLow lower half
   * @param value the value
   * @return an HRESULT
   */
  public static native int setDouble(long camera, long keyHigh, long keyLow, double value);

  /**
   * {@code IMFAttributes::SetGUID} ({@code mfvcam_set_guid}).
   *
   * @param camera the camera's handle
   * @param keyHigh the attribute's GUID, upper half
   * @param keyLow lower half
   * @param valueHigh the value, upper half
   * @param valueLow lower half
   * @return an HRESULT
   */
  public static native int setGUID(
      long camera, long keyHigh, long keyLow, long valueHigh, long valueLow);

  /**
   * {@code IMFAttributes::SetString} ({@code mfvcam_set_string}).
   *
   * @param camera the camera's handle
   * @param keyHigh the attribute's GUID, upper half
   * @param keyLow lower half
   * @param value the value
   * @return an HRESULT
   */
  public static native int setString(long camera, long keyHigh, long keyLow, String value);

  /**
   * {@code IMFAttributes::SetBlob} ({@code mfvcam_set_blob}).
   *
   * @param camera the camera's handle
   * @param keyHigh the attribute's GUID, upper half
   * @param keyLow lower half
   * @param value the bytes; may be none
   * @return an HRESULT
   */
  public static native int setBlob(long camera, long keyHigh, long keyLow, byte[] value);

  /**
   * {@code IMFAttributes::DeleteItem} ({@code mfvcam_delete_item}).
   *
   * @param camera the camera's handle
   * @param keyHigh the attribute's GUID, upper half
   * @param keyLow lower half
   * @return an HRESULT
   */
  public static native int deleteItem(long camera, long keyHigh, long keyLow);

  /**
   * {@code IMFAttributes::DeleteAllItems} ({@code mfvcam_delete_all_items}).
   *
   * @param camera the camera's handle
   * @return an HRESULT
   */
  public static native int deleteAllItems(long camera);

  /**
   * The keys of the store as of one moment ({@code mfvcam_get_keys}).
   *
   * @param camera the camera's handle
   * @param out at least 1: pairs of longs, each a key
   * @return an HRESULT
   */
  public static native int getKeys(long camera, long[][] out);

  /**
   * {@code IMFAttributes::Compare} of the stores of two cameras ({@code mfvcam_compare}).
   *
   * @param camera the camera's handle
   * @param other the other camera's handle
   * @param match an {@code MF_ATTRIBUTES_MATCH_TYPE}, 0 to 4
   * @param out at least 1: 1 if they match, else 0
   * @return an HRESULT
   */
  public static native int compare(long camera, long other, int match, long[] out);

  /**
   * {@code IMFAttributes::CompareItem} ({@code mfvcam_compare_item}).
   *
   * @param camera the camera's handle
   * @param keyHigh the attribute's GUID, upper half
   * @param keyLow lower half
   * @param type an {@code MF_ATTRIBUTE_TYPE}
   * @param value its bytes, numbers in little-endian order, texts in UTF-16LE
   * @param out at least 1: 1 if the value of the key equals this one, else 0
   * @return an HRESULT
   */
  public static native int compareItem(
      long camera, long keyHigh, long keyLow, int type, byte[] value, long[] out);

  /**
   * {@code IMFAttributes::CopyAllItems} to another camera ({@code mfvcam_copy_all_items}).
   *
   * @param camera the camera's handle
   * @param destination the handle of the camera to copy to
   * @return an HRESULT
   */
  public static native int copyAllItems(long camera, long destination);

  // ---- Sync object ----

  /**
   * {@code IMFVirtualCamera::CreateSyncEvent} ({@code mfvcam_create_sync_event}).
   *
   * @param camera the camera's handle
   * @param setHigh the set's GUID, upper half
   * @param setLow lower half
   * @param id the event within the set, an unsigned number
   * @param flags 1 to be signalled every time, 2 for the next time only
   * @param eventHandle an event HANDLE, which stays the caller's; mfvcam works on a duplicate
   * @param out at least 1: the sync object's handle
   * @return an HRESULT
   */
  public static native int createSyncEvent(
      long camera, long setHigh, long setLow, int id, int flags, long eventHandle, long[] out);

  /**
   * {@code IMFVirtualCamera::CreateSyncSemaphore} ({@code mfvcam_create_sync_semaphore}).
   *
   * @param camera the camera's handle
   * @param setHigh the set's GUID, upper half
   * @param setLow lower half
   * @param id the event within the set, an unsigned number
   * @param flags 1 to be signalled every time, 2 for the next time only
   * @param semaphoreHandle a semaphore HANDLE, which stays the caller's; mfvcam works on a
   *     duplicate
   * @param adjustment added to the semaphore's count each time, 1 or more
   * @param out at least 1: the sync object's handle
   * @return an HRESULT
   */
  public static native int createSyncSemaphore(
      long camera,
      long setHigh,
      long setLow,
      int id,
      int flags,
      long semaphoreHandle,
      int adjustment,
      long[] out);

  /**
   * {@code IMFCameraSyncObject::WaitOnSignal} ({@code mfvcam_wait_on_signal}); called again, for
   * the time that is left, if the event or semaphore is registered anew meanwhile. {@code S_OK}:
   * signalled; {@code S_FALSE} (1): timed out. May outlast {@link #release}.
   *
   * @param syncObject the sync object's handle
   * @param timeoutMillis an unsigned number; -1 waits without end
   * @return an HRESULT, {@code S_FALSE} as said above
   */
  public static native int waitOnSignal(long syncObject, int timeoutMillis);

  /**
   * Waits on the event itself ({@code mfvcam_await}). {@code S_OK}: signalled; {@code S_FALSE} (1):
   * timed out. Ended by {@link #shutdown} and {@link #release}, by the loss of the camera, and by
   * the cancel event.
   *
   * @param syncObject the sync object's handle
   * @param timeoutMillis an unsigned number; -1 waits without end
   * @param cancelEvent an event HANDLE that ends the wait, open until this returns; or 0
   * @return an HRESULT, {@code S_FALSE} as said above
   */
  public static native int await(long syncObject, int timeoutMillis, long cancelEvent);

  // ---- Notifications ----

  /**
   * A queue of notifications, to be released ({@code mfvcam_create_queue}).
   *
   * @param out at least 1: the queue's handle
   * @return an HRESULT
   */
  public static native int createQueue(long[] out);

  /**
   * Takes what watches have told, waiting for the first ({@code mfvcam_take}). {@code S_FALSE} (1):
   * timed out.
   *
   * @param queue the queue's handle
   * @param timeoutMillis an unsigned number; -1 waits without end
   * @param cancelEvent an event HANDLE that ends the wait, open until this returns; or 0
   * @param notifications room for one or more, of 6 longs each: the watch's tag; kind (1 signalled,
   *     2 camera event, 3 watch ended); status, an HRESULT; the extended type's two longs; time of
   *     arrival, as {@link #systemTime}. At most 64 are taken at a time
   * @param out at least 1: how many were taken
   * @return an HRESULT, {@code S_FALSE} as said above
   */
  public static native int take(
      long queue, int timeoutMillis, long cancelEvent, long[] notifications, long[] out);

  /**
   * Watches a sync object for one signal ({@code mfvcam_watch_signal}).
   *
   * @param syncObject the sync object's handle
   * @param queue the queue's handle
   * @param tag a number of the caller's, which comes with what the watch tells
   * @param out at least 1: the watch's handle
   * @return an HRESULT
   */
  public static native int watchSignal(long syncObject, long queue, long tag, long[] out);

  /**
   * Watches a camera for its events ({@code mfvcam_watch_camera}).
   *
   * @param camera the camera's handle
   * @param queue the queue's handle
   * @param tag a number of the caller's, which comes with what the watch tells
   * @param out at least 1: the watch's handle
   * @return an HRESULT
   */
  public static native int watchCamera(long camera, long queue, long tag, long[] out);

  /**
   * Watches for the next signal, after one that was taken ({@code mfvcam_rearm}).
   *
   * @param watch the watch's handle
   * @return an HRESULT
   */
  public static native int rearm(long watch);

  /**
   * Ends a watch and gives its handle back ({@code mfvcam_cancel_watch}). {@code S_FALSE} (1): a
   * signal of it was taken, and not rearmed.
   *
   * @param watch the watch's handle
   * @return an HRESULT, {@code S_FALSE} as said above
   */
  public static native int cancelWatch(long watch);

  // ---- Sample reader ----

  /**
   * Opens a reader on a camera's media source, whose first read starts it ({@code
   * mfvcam_open_reader}).
   *
   * @param mediaSource the media source's handle
   * @param subtypeHigh the media subtype's GUID, upper half
   * @param subtypeLow lower half
   * @param out at least 6: reader, width and height in pixels, frame rate as numerator and
   *     denominator, bytes of a frame
   * @return an HRESULT
   */
  public static native int openReader(
      long mediaSource, long subtypeHigh, long subtypeLow, long[] out);

  /**
   * Asks the camera for a frame and copies it, rows packed, to a direct buffer from its position 0
   * on ({@code mfvcam_read_sample}). {@code S_FALSE} (1): timed out, the frame under way will be
   * the next call's.
   *
   * @param reader the reader's handle
   * @param timeoutMillis an unsigned number; -1 waits without end
   * @param cancelEvent an event HANDLE that ends the wait, open until this returns; or 0
   * @param buffer direct and not read-only; position and limit are neither used nor changed
   * @param out at least 3: bytes written or needed, sample time and duration in units of 100 ns
   * @return an HRESULT, {@code S_FALSE} as said above
   */
  public static native int readSample(
      long reader, int timeoutMillis, long cancelEvent, ByteBuffer buffer, long[] out);

  /**
   * Ends reads under way, drains and releases a reader ({@code mfvcam_close_reader}).
   *
   * @param reader the reader's handle
   * @return an HRESULT
   */
  public static native int closeReader(long reader);

  // ---- Win32 events and semaphores ----

  /**
   * {@code CreateEventW}. {@code S_FALSE} (1): one of this name was there and has been opened.
   *
   * @param manualReset whether it stays set until it is reset, and not only until a wait
   * @param initiallySet whether it begins set
   * @param name its name, or null for none
   * @param out at least 1: the event HANDLE, to be given to {@link #closeHandle}
   * @return an HRESULT, {@code S_FALSE} as said above
   */
  public static native int createEvent(
      boolean manualReset, boolean initiallySet, String name, long[] out);

  /**
   * {@code OpenEventW} with {@code EVENT_MODIFY_STATE} and {@code SYNCHRONIZE}.
   *
   * @param name its name
   * @param out at least 1: the event HANDLE, to be given to {@link #closeHandle}
   * @return an HRESULT
   */
  public static native int openEvent(String name, long[] out);

  /**
   * {@code CreateSemaphoreW}. {@code S_FALSE} (1): one of this name was there and has been opened.
   *
   * @param initialCount the count to begin with, 0 to {@code maximumCount}
   * @param maximumCount 1 or more
   * @param name its name, or null for none
   * @param out at least 1: the semaphore HANDLE, to be given to {@link #closeHandle}
   * @return an HRESULT, {@code S_FALSE} as said above
   */
  public static native int createSemaphore(
      int initialCount, int maximumCount, String name, long[] out);

  /**
   * {@code OpenSemaphoreW} with {@code SEMAPHORE_MODIFY_STATE} and {@code SYNCHRONIZE}.
   *
   * @param name its name
   * @param out at least 1: the semaphore HANDLE, to be given to {@link #closeHandle}
   * @return an HRESULT
   */
  public static native int openSemaphore(String name, long[] out);

  /**
   * {@code ReleaseSemaphore}.
   *
   * @param semaphoreHandle a semaphore HANDLE
   * @param count what to add, 1 or more
   * @param out at least 1: the count before
   * @return an HRESULT
   */
  public static native int releaseSemaphore(long semaphoreHandle, int count, long[] out);

  /**
   * {@code SetEvent}.
   *
   * @param eventHandle an event HANDLE
   * @return an HRESULT
   */
  public static native int setEvent(long eventHandle);

  /**
   * {@code ResetEvent}.
   *
   * @param eventHandle an event HANDLE
   * @return an HRESULT
   */
  public static native int resetEvent(long eventHandle);

  /**
   * {@code CloseHandle}. Closing a HANDLE twice may close somebody else's.
   *
   * @param handle the HANDLE
   * @return an HRESULT
   */
  public static native int closeHandle(long handle);

  /**
   * {@code WaitForSingleObject}. {@code S_OK}: signalled; {@code S_FALSE} (1): timed out.
   *
   * @param handle a HANDLE to wait on
   * @param timeoutMillis an unsigned number; -1 waits without end
   * @return an HRESULT, {@code S_FALSE} as said above
   */
  public static native int waitForSingleObject(long handle, int timeoutMillis);
}
