/** Beside src/main/java where the module path is meant: see pom.xml. */
module io.github.mfvcam.consumer {
  requires io.github.mfvcam;
}
