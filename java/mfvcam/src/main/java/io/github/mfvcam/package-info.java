/**
 * Windows 11 virtual cameras, synchronised by kernel-streaming events.
 *
 * <p>Start at {@link io.github.mfvcam.VirtualCamera}. A camera gives {@linkplain
 * io.github.mfvcam.CameraSyncObject sync objects} to sleep on until the camera signals, and a
 * {@link io.github.mfvcam.MediaSource} to read its frames from.
 *
 * <p>Rules that hold throughout:
 *
 * <ul>
 *   <li>Every method may be called from any thread at any time, in any COM apartment. The caller's
 *       thread is never initialised for COM.
 *   <li>Whatever is {@link AutoCloseable} owns something native. {@code close()} may be called
 *       twice, from any thread, in any order; it ends waits of other threads on the object and does
 *       not wait for them. (One close takes time: {@link io.github.mfvcam.CameraReader#close}
 *       drains the reader, for two seconds at most.) What is forgotten is released after it was
 *       garbage collected.
 *   <li>A closed object throws {@link IllegalStateException} from all but {@code close()} and what
 *       merely says what it is, such as {@link io.github.mfvcam.CameraSyncObject#event}; also to a
 *       thread that waits on it at that moment.
 *   <li>Some misuse of open objects gives an {@link IllegalStateException}, too: two ways to wait,
 *       two readers, a ONESHOT that has fired. Its cause is a {@link
 *       io.github.mfvcam.VirtualCameraException} with the code; that of a closed object has none.
 *   <li>A null argument gives a {@link NullPointerException}, another bad one an {@link
 *       IllegalArgumentException}, a failure of Windows or the camera a {@link
 *       io.github.mfvcam.VirtualCameraException} with the HRESULT.
 * </ul>
 *
 * @since 0.1
 */
package io.github.mfvcam;
