package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake that nobody notices in a child would be none. */
class ChildJvmTest {
  /** Prints what -Xcheck:jni might, and whether it is on. */
  public static final class Says {
    private Says() {}

    /** Prints its only argument, without the line breaks a command line could not bear. */
    public static void main(String[] args) {
      System.out.println(
          args[0] + System.lineSeparator() + "\tat some.Class.method(Native Method)");
      System.out.println("checked: " + isChecked());
    }
  }

  private static boolean isChecked() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().contains("-Xcheck:jni");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WARNING in native method: JNI call made without checking exceptions",
        "WARNING: JNI local refs: 33, exceeds capacity: 32",
        "FATAL ERROR in native method: Wrong object class or methodID passed to JNI call",
      })
  void whatCheckJniFindsFailsTheTest(String line) {
    Process child = new ChildJvm().start(Says.class, line);

    AssertionError e = assertThrows(AssertionError.class, () -> ChildJvm.finish(child, 0));
    assertTrue(e.getMessage().contains(line), e.getMessage());
  }

  @Test
  void aChildIsCheckedAsThisJvmIs() {
    String output = ChildJvm.finish(new ChildJvm().start(Says.class, "all is well"), 0);

    assertTrue(output.contains("all is well"), output);
    assertTrue(output.contains("checked: " + isChecked()), output);
  }

  @Test
  void anotherEndThanTheOneExpectedFailsTheTest() {
    Process child = new ChildJvm().start(Says.class);

    AssertionError e = assertThrows(AssertionError.class, () -> ChildJvm.finish(child, 0));
    assertTrue(e.getMessage().contains("ArrayIndexOutOfBounds"), e.getMessage());
    assertEquals(1, child.exitValue());
  }
}
