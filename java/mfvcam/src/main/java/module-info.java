/**
 * Windows 11 virtual cameras, synchronised by kernel-streaming events.
 *
 * @since 0.1
 */
// opens: there are no classes in those folders. requires-automatic: native-lib-loader is no module.
@SuppressWarnings({"opens", "requires-automatic"})
module io.github.mfvcam {
  requires com.google.common;
  requires jdk.unsupported; // com.sun.nio.file.ExtendedOpenOption
  requires org.scijava.nativelib;
  requires org.slf4j; // native-lib-loader cannot say so itself

  exports io.github.mfvcam;
  exports io.github.mfvcam.jni;
  exports io.github.mfvcam.spi;

  // native-lib-loader reads the DLLs. A folder that is not in the jar would keep the module from
  // loading: pom.xml puts
  // build-id.txt into each.
  opens natives.windows_32;
  opens natives.windows_64;
  opens natives.windows_arm64;

  uses io.github.mfvcam.spi.CameraPlatform;
}
