package io.github.mfvcam;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import io.github.mfvcam.jni.MfVirtualCamera;

/** Kernel objects that have, or may have, a name. */
final class NamedObjects {
  private NamedObjects() {}

  /** A native function that makes or opens an object. */
  @FunctionalInterface
  interface Function {
    int call(long[] out);
  }

  /** A name that can be one for Windows, which has more rules. */
  static String checkName(String name) {
    requireNonNull(name, "name");
    checkArgument(!name.isEmpty(), "name is empty");
    checkArgument(name.indexOf('\0') < 0, "name contains a NUL character");
    return name;
  }

  /** The HANDLE of a new object; never one that somebody else made before. */
  static long create(String operation, String name, Function function) {
    NativeLibrary.load();
    long[] out = new long[1];
    if (HResults.check(operation, function.call(out), quoted(name)) == HResults.S_FALSE) {
      HResults.check("CloseHandle", MfVirtualCamera.closeHandle(out[0]));
      throw HResults.failure(
          operation,
          HResults.ALREADY_EXISTS,
          "\""
              + name
              + "\" exists already, with a state and settings of its maker's: open it, or take"
              + " another name");
    }
    return out[0];
  }

  static long open(String operation, String name, Function function) {
    NativeLibrary.load();
    long[] out = new long[1];
    HResults.check(operation, function.call(out), quoted(name));
    return out[0];
  }

  /** For messages; empty without a name. */
  private static String quoted(String name) {
    return name == null ? "" : '"' + name + '"';
  }

  static long checkBorrowed(long handle, String kind) {
    checkArgument(handle != 0 && handle != -1, "handle is %s, no %s", handle, kind);
    NativeLibrary.load();
    return handle;
  }
}
